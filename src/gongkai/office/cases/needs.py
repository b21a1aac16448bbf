"""Who may open the screens of this app. Which steps a person may take, the steps themselves say (`Step.roles`)."""

from __future__ import annotations

from ..access.needs import CASE_READERS, REGISTRARS, Need, the_case, the_organ

REVIEWERS = frozenset(
    {"reviewer", "division_head", "legal_reviewer", "confidentiality_reviewer", "office_head", "approver"}
)
DRAFTERS = frozenset({"clerk", "handler", "office_head"})
SUBMITTERS = DRAFTERS | REVIEWERS

inbox = Need("cases.inbox", CASE_READERS)
organ_inbox = Need("cases.organ_inbox", CASE_READERS, the_organ)
register = Need("cases.register", REGISTRARS, the_organ)
together = Need("cases.together", REVIEWERS, the_organ)
lists = Need("cases.lists", CASE_READERS, the_organ)
templates = Need("cases.templates", frozenset({"system_admin", "legal_reviewer"}), the_organ)
read = Need("cases.read", CASE_READERS | {"supervisor"}, the_case)
work = Need("cases.work", CASE_READERS, the_case)
reveal = Need("cases.reveal", frozenset({"clerk", "legal_reviewer", "office_head", "approver"}), the_case)
receipt = Need("cases.receipt", REGISTRARS, the_case)
remind = Need("cases.remind", frozenset({"clerk", "office_head"}), the_case)
draft = Need("cases.draft", DRAFTERS, the_case)
compare = Need("cases.compare", SUBMITTERS, the_case)
review = Need("cases.review", REVIEWERS, the_case)
letters = Need("cases.letters", frozenset({"clerk", "handler", "office_head"}), the_case)
archive = Need("cases.archive", frozenset({"clerk", "office_head", "approver", "legal_reviewer"}), the_case)
