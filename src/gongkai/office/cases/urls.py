"""The addresses of the app's screens, below /office/cases/."""

from ..access.guard import READ, WRITE, guarded
from . import (
    needs,
    views_archive,
    views_case,
    views_draft,
    views_inbox,
    views_letters,
    views_lists,
    views_register,
    views_review,
    views_step,
    views_templates,
)

_CASE = "<str:organ>/<str:number>/"

office_patterns = [
    guarded("", views_inbox.inbox, name="cases_inbox", need=needs.inbox, methods=READ),
    guarded("<str:organ>/", views_inbox.organ_inbox, name="cases_organ_inbox", need=needs.organ_inbox),
    guarded("<str:organ>/register/", views_register.register_page, name="cases_register", need=needs.register),
    guarded("<str:organ>/together/", views_review.together, name="cases_together", need=needs.together),
    guarded(
        "<str:organ>/consultations/",
        views_lists.consultations,
        name="cases_consultations",
        need=needs.lists,
        methods=READ,
    ),
    guarded("<str:organ>/reviews/", views_lists.reviews, name="cases_reviews", need=needs.lists, methods=READ),
    guarded(
        "<str:organ>/letters/",
        views_templates.template_list,
        name="cases_templates",
        need=needs.templates,
        methods=READ,
    ),
    guarded(
        "<str:organ>/letters/<str:letter>/", views_templates.template_page, name="cases_template", need=needs.templates
    ),
    guarded(
        "<str:organ>/letters/<str:letter>/<str:which>/",
        views_templates.template_file,
        name="cases_template_file",
        need=needs.templates,
        methods=READ,
    ),
    guarded(_CASE, views_case.case_page, name="cases_case", need=needs.read, methods=READ),
    guarded(f"{_CASE}full/", views_case.reveal_applicant, name="cases_reveal", need=needs.reveal, methods=WRITE),
    guarded(f"{_CASE}files/<uuid:key>/", views_case.case_file, name="cases_file", need=needs.read, methods=READ),
    guarded(f"{_CASE}receipt/", views_register.receipt, name="cases_receipt", need=needs.receipt, methods=READ),
    guarded(f"{_CASE}remind/", views_step.remind, name="cases_remind", need=needs.remind, methods=WRITE),
    guarded(f"{_CASE}draft/", views_draft.draft_page, name="cases_draft", need=needs.draft),
    guarded(f"{_CASE}compare/", views_draft.compare, name="cases_compare", need=needs.compare, methods=READ),
    guarded(f"{_CASE}review/", views_review.review_page, name="cases_review", need=needs.review),
    guarded(
        f"{_CASE}letters/<int:event>/<str:letter>/<str:format>/",
        views_letters.event_letter,
        name="cases_letter",
        need=needs.letters,
    ),
    guarded(
        f"{_CASE}archive/<str:format>/",
        views_archive.case_archive,
        name="cases_archive",
        need=needs.archive,
        methods=READ,
    ),
    guarded(f"{_CASE}<str:step>/", views_step.step_page, name="cases_step", need=needs.work),
]
