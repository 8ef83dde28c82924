"""The published plan: read from a document, written as plan.yml, turned into entities."""

from ingest.plan.document import PlanDocument
from ingest.plan.entities import plan_entities, plan_id_of
from ingest.plan.read import read_plan
from ingest.plan.yaml_file import load_plan_yaml

__all__ = ["PlanDocument", "load_plan_yaml", "plan_entities", "plan_id_of", "read_plan"]
