"""The published plan: read from a document, written as plan.yml, turned into entities."""

from ingest.plan.document import PlanDocument
from ingest.plan.read import read_plan

__all__ = ["PlanDocument", "read_plan"]
