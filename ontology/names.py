"""The nouns of the ontology for mypy; made by `make gen`, never edited by hand."""

from typing import Literal

ClassName = Literal[
    "Resource",
    "Organisation",
    "Project",
    "Programme",
    "Call",
    "Grant",
    "WorkingGroup",
    "Council",
    "Plan",
    "Commitment",
    "Action",
    "Target",
    "Platform",
    "Strategy",
    "LegalAct",
    "Place",
    "Topic",
    "Event",
    "Membership",
    "EligibilityRule",
    "ProgressReport",
    "Involvement",
    "ActorGroup",
    "Relevance",
    "Source",
]

Kind = Literal[
    "ORGANISATION",
    "PROJECT",
    "PROGRAMME",
    "CALL",
    "GRANT",
    "WORKING_GROUP",
    "COUNCIL",
    "PLAN",
    "COMMITMENT",
    "ACTION",
    "TARGET",
    "PLATFORM",
    "STRATEGY",
    "LEGAL_ACT",
    "PLACE",
    "TOPIC",
    "EVENT",
]

CodeListName = Literal[
    "ActType",
    "BodyStatus",
    "BodyType",
    "Comparator",
    "EventType",
    "FundingLevel",
    "InvolvementRole",
    "InvolvementStatus",
    "LegalForm",
    "MatchState",
    "MembershipRole",
    "MoneyStatus",
    "PlaceType",
    "PlanStatus",
    "PlatformStatus",
    "ProjectStatus",
    "RelevanceLevel",
    "ReportStatus",
    "RuleKind",
    "TargetKind",
    "Unit",
]

ResourceField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "identifiers",
    "page",
]

OrganisationField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "legalForm",
    "homepage",
    "founded",
    "address",
    "city",
    "place",
    "location",
    "activeIn",
    "memberships",
    "members",
    "projects",
    "partnerIn",
    "grants",
    "manages",
    "fundedCalls",
    "operates",
    "involvements",
    "legalActs",
    "identifiers",
    "page",
]

ProjectField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "lead",
    "partners",
    "partnerNames",
    "calls",
    "grants",
    "amount",
    "currency",
    "amountStatus",
    "year",
    "start",
    "end",
    "place",
    "status",
    "identifiers",
    "page",
]

ProgrammeField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "manager",
    "level",
    "calls",
    "grants",
    "identifiers",
    "page",
]

CallField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "programme",
    "funder",
    "edition",
    "year",
    "opens",
    "closes",
    "deadlineNote",
    "budget",
    "minGrant",
    "maxGrant",
    "currency",
    "coFinancingPercent",
    "partnersRequired",
    "rules",
    "grants",
    "projects",
    "landingPage",
    "identifiers",
    "page",
]

GrantField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "recipient",
    "funder",
    "call",
    "project",
    "amount",
    "currency",
    "awarded",
    "programme",
    "identifiers",
    "page",
]

WorkingGroupField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "bodyType",
    "parent",
    "members",
    "established",
    "legalActs",
    "place",
    "places",
    "status",
    "involvements",
    "identifiers",
    "page",
]

CouncilField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "bodyType",
    "parent",
    "members",
    "established",
    "legalActs",
    "place",
    "places",
    "status",
    "involvements",
    "identifiers",
    "page",
]

PlanField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "city",
    "start",
    "end",
    "adopted",
    "vision",
    "directions",
    "priorities",
    "preparedBy",
    "legalActs",
    "events",
    "commitments",
    "identifiers",
    "page",
]

CommitmentField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "code",
    "plan",
    "start",
    "end",
    "objectives",
    "problem",
    "actors",
    "relevance",
    "targets",
    "actions",
    "identifiers",
    "page",
]

ActionField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "code",
    "commitment",
    "targets",
    "actors",
    "identifiers",
    "page",
]

TargetField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "commitment",
    "text",
    "comparator",
    "value",
    "lower",
    "upper",
    "unit",
    "counted",
    "ratePeriod",
    "denominator",
    "targetKind",
    "order",
    "reports",
    "identifiers",
    "page",
]

PlatformField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "operator",
    "software",
    "status",
    "involvements",
    "identifiers",
    "page",
]

StrategyField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "status",
    "date",
    "concerns",
    "identifiers",
    "page",
]

LegalActField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "actType",
    "number",
    "date",
    "passedBy",
    "concerns",
    "identifiers",
    "page",
]

PlaceField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "within",
    "location",
    "placeType",
    "identifiers",
    "page",
]

TopicField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "broader",
    "narrower",
    "sdg",
    "eurovoc",
    "cofog",
    "identifiers",
    "page",
]

EventField = Literal[
    "label",
    "altLabels",
    "description",
    "topics",
    "date",
    "attendance",
    "eventType",
    "discusses",
    "identifiers",
    "page",
]

MembershipField = Literal[
    "name",
    "organisation",
    "body",
    "role",
    "start",
    "end",
]

EligibilityRuleField = Literal[
    "kind",
    "text",
    "machineCheckable",
    "legalForms",
    "territory",
    "places",
    "minPartners",
]

ProgressReportField = Literal[
    "target",
    "date",
    "value",
    "status",
    "source",
]

InvolvementField = Literal[
    "name",
    "participant",
    "genericGroup",
    "openCategory",
    "role",
    "status",
    "involvedIn",
]

ActorGroupField = Literal[
    "label",
    "description",
]

RelevanceField = Literal[
    "level",
    "text",
    "refersTo",
    "order",
]

SourceField = Literal[
    "title",
    "url",
    "publisher",
    "licence",
    "retrieved",
]
