"""How good the lists are: judged subjects, baselines, weights fitted on the others."""
