"""Partners and money for an action, calls for an organisation: gates first, then a score with reasons.

The way of a question, floor by floor:

    subject/                 what is asked about: words, topics, names, place, sum
    rules/ eligibility gates who may at all
    measuring/ pair          who is looked at closely, and how near they are
    features deeds places wording
                             what each feature says of one pair
    score bounds ranking order
                             best first; nobody is looked at who cannot come next
    telling words            sentences and evidence, for what is shown alone
    engine base              the front door, and what it gives
    empty advice             why a list is empty, what would raise a score

over `facts/`, what is known of the map; `judging/` measures how good the lists are. Of a whole plan,
by `asking`: gaps, targets, consortium, forecast.
"""
