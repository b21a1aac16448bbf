"""What a letter says of a case: values for the placeholders of `gongkai.letters`, from the events and the organ's record.

What the case does not tell is left out; the drafter writes it. The applicant's name and the like are in the clear here:
whoever calls this has checked that the reader may see them, and logs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.law.case.clock import clock
from gongkai.law.case.grounds import grounds
from gongkai.law.case.lists import label_of, lists
from gongkai.law.case.state import state_of
from gongkai.law.fees import fee_per_item, fee_per_page
from gongkai.letters import letter

from ..organs.models import Organ
from ..organs.queries import name_on
from .desk import Desk
from .events import as_event, events_of
from .history import personal_values
from .letter_texts import taken_apart
from .models import Case, CaseEvent
from .opinions import opinions
from .remedy import remedy_text

Values = dict[str, Any]

_INTAKE = ("registered", "receipt_confirmed")
"""Events whose letters tell the day by which the answer was due at first, whatever moved it later."""


def values_for(one: Desk, row: CaseEvent, letter_key: str) -> Values:
    """The values for a letter that an event sends or draws up; empty ones are left out and hide nothing that another part tells."""
    draft = one.last("drafted")
    parts: list[Values] = [
        _organ(one, row),
        _application(one, row),
        _inquiries(one, row),
        _fee(one),
        _decision(one, row),
        opinions(one),
        _delivery(one, row),
        {"remedy": remedy_text(one, row, letter_key)},
        {"number": row.data.get("number", "") if _bears_number(letter_key) else ""},
        taken_apart(draft.data.get("text", "")) if draft and row.kind in ("drafted", "decided") else {},
    ]
    return {key: value for part in parts for key, value in part.items() if value}


def _bears_number(letter_key: str) -> bool:
    """Whether the event's number is this letter's, or, on a sheet, that of the letter it goes with: a letter that only tells of another
    one has none."""
    sent = letter(letter_key)
    return sent.frame == "sheet" or "number" in sent.required


def _organ(one: Desk, row: CaseEvent) -> Values:
    organ = one.organ_at(row)
    address = f"{organ.address}，邮政编码：{organ.postcode}" if organ.address and organ.postcode else organ.address
    return {
        "organ": name_on(organ, row.on),
        "office": organ.disclosure_office,
        "organ_address": address,
        "contact": str(row.actor or one.person) if organ.telephone else "",  # a name without a number helps nobody
        "contact_phone": organ.telephone,
        "date": row.on,
        "handler": str(row.actor or ""),
        "division": "、".join(one.names.divisions.get(key, key) for key in one.state.divisions),
    }


def _application(one: Desk, row: CaseEvent) -> Values:
    state, first = one.state, one.state.effective[0]
    data, personal = first.data, _applicant(one)
    channel = lists()["channels"][state.channel]
    contact = {"电话": "telephone", "地址": "address", "电子邮箱": "email"}
    wanted = [
        label_of(name, data[key])
        for name, key in (("forms", "form"), ("delivery_ways", "delivery_way"))
        if data.get(key)
    ]
    confirmed = state.last("receipt_confirmed")
    return {
        "applicant": personal.get("applicant_name"),
        "address_form": "您" if state.applicant_kind == "natural_person" else "你单位",
        "received_on": state.received_on,
        "channel": channel.label,
        "receipt_basis": channel.note.rstrip("。"),
        "application_number": one.case.number,
        "description": one.case.description,
        "rectification": one.case.description if state.matter == "rectification" else "",
        "provision_requested": "，".join(wanted),
        "due_on": one.clock.original_due if row.kind in _INTAKE else one.clock.due or one.clock.original_due,
        "applicant_kind": label_of("applicant_kinds", state.applicant_kind),
        "applicant_identity": f"{label_of('id_kinds', data['id_kind'])}，{personal.get('id_number', '')}"
        if "id_kind" in data
        else "",
        "applicant_contact": "；".join(
            f"{label}：{personal[key]}" for label, key in contact.items() if personal.get(key)
        ),
        "representative": personal.get("agent_name"),
        "oral": "申请人口头提出，由经办人代为填写，经申请人核对。" if data.get("oral") else "",
        "confirmed_on": confirmed.on if confirmed else state.received_on,
        "confirmation_way": label_of("confirmations", confirmed.data["how"]) if confirmed else "",
        "confirmation_result": (confirmed.data.get("remark") or "申请人确认已提出申请。") if confirmed else "",
        "recipient": personal.get("applicant_name"),
    }


def _applicant(one: Desk) -> Mapping[str, str]:
    """The applicant's data, with what later corrections put in their place."""
    found = dict(personal_values(one.rows[0]))
    for row in one.rows:
        if row.kind == "record_corrected" and row.data["event"] == 1:
            found |= personal_values(row)
    return found


def _inquiries(one: Desk, row: CaseEvent) -> Values:
    state = one.state
    correction, reasons = state.last("correction_requested"), state.last("reasons_requested")
    delay, extension = state.last("delay_set"), state.last("extension_requested")
    longer = delay or extension
    delayed = longer.data.get("reason", "") if longer else ""
    found: Values = {
        "correction_items": correction.data["matters"] if correction else "",
        "correction_until": state.correction_until,
        "correction_notice_on": state.correction_requested_on,
        "corrected_on": state.corrected_on,
        "excess": reasons.data["grounds"] if reasons else "",
        "reasons_until": state.reasons_until,
        "delay_reason": delayed.strip().rstrip("。").removeprefix("因"),
        "extension_days": str(state.extension_days) if state.extension_days else "",
        "extended_due": state.delay_until or (_due_after(one, row) if state.extension_days else None),
    }
    return found | _consultation(one, row)


def _due_after(one: Desk, row: CaseEvent) -> date | None:
    """The day by which the answer was due when this event was recorded: a letter keeps it, however often it is printed.

    A letter that is still being written has no event yet (number 0): all that is recorded comes before it.
    """
    known = state_of(as_event(each) for each in one.rows if not row.number or each.number <= row.number)
    return clock(known, one.calendar, one.rules, row.on).due


def _consultation(one: Desk, row: CaseEvent) -> Values:
    asked = one.row(row.data["consultation"]) if row.kind == "third_party_informed" else row
    if asked is None or asked.kind != "consulted":
        return {}
    whom = asked.data["whom"]
    answered = [
        each for each in one.rows if each.kind == "consultation_answered" and each.data["consultation"] == asked.number
    ]
    said = [f"{label_of('opinions', each.data['opinion'])}。{each.data.get('reasons', '')}" for each in answered]
    party = personal_values(asked).get("person_name") or asked.data["name"]
    return {
        "third_party": party if whom == "third_party" else "",
        "other_organ": asked.data["name"] if whom != "third_party" else "",
        "consulted": label_of("consulted_parties", whom),
        "consultation_on": asked.on,
        "information": asked.data["matter"],
        "assistance": asked.data["matter"],
        "assistance_due": one.calendar.after(asked.on, one.rules["other_organ"].length),
        "third_party_opinion": said[-1] if said else "",
        "public_interest": row.data.get("reasons", "") if row.kind == "third_party_informed" else "",
        "disclosed_items": row.data.get("content", "") if row.kind == "third_party_informed" else "",
    }


def _fee(one: Desk) -> Values:
    notice = one.state.last("fee_notified")
    if notice is None:
        return {}
    data = notice.data
    basis = label_of("fee_bases", data["basis"])
    return {
        "fee_lines": _fee_lines(data, basis),
        "fee_method": basis,
        "fee_total": f"{data['amount']}元",
        "fee_notice_on": one.state.fee_received_on or notice.on,
    }


def _fee_lines(data: Mapping[str, Any], basis: str) -> list[dict[str, str]]:
    """The lines by the tiers of the law where they come to the amount that was notified; else the one line of the notice."""
    fee = (
        fee_per_page(data["quantity"])
        if data["basis"] == "per_page"
        else fee_per_item(data.get("before", 0), data["quantity"])
    )
    if f"{fee.amount:.2f}" != data["amount"]:
        return [
            {"item": basis, "quantity": str(data["quantity"]), "rate": "见计算说明", "amount": f"{data['amount']}元"}
        ]
    return [
        {
            "item": f"第{line.first}{line.unit}至第{line.last}{line.unit}",
            "quantity": f"{line.count}{line.unit}",
            "rate": f"{line.price}元/{line.unit}" if line.price else "免收",
            "amount": f"{line.amount}元",
        }
        for line in fee.lines
    ]


def _decision(one: Desk, row: CaseEvent) -> Values:
    draft = one.last("drafted")
    data = draft.data if draft and row.kind in ("drafted", "submitted", "decided") else row.data
    rests = [grounds()[code] for code in data.get("grounds", ()) if code in grounds()]
    if data.get("outcome") == "partly_disclosed":  # the letter names the articles of what is given by itself
        rests = [each for each in rests if "disclosed" not in each.outcomes]
    articles = list(dict.fromkeys(each.article.removeprefix("政府信息公开条例 ") for each in rests))
    enclosed = [each.file.name for each in draft.files.all() if each.field == "enclosures"] if draft else []
    earlier = _earlier(one.case.organ, data.get("earlier_case") or ())
    return {
        "reasons": data.get("reasons", ""),
        "article": "、".join(articles),
        "other_organ": data.get("other_organ", ""),
        "search_record": _searches(one),
        "attachments": "\n".join(f"{number}.{name.rsplit('.', 1)[0]}" for number, name in enumerate(enclosed, 1)),
        "withdrawn_on": row.on if row.kind == "withdrawn" else None,
        "rectified": data.get("content", "") if row.kind == "rectified" else "",
        "forwarded_on": row.on if row.kind in ("rectification_forwarded", "transferred") else None,
        "suggestion_result": row.data.get("reason", "") if row.kind == "disclosure_decided" else "",
        "publication_place": row.data.get("address", "") if row.kind == "disclosure_decided" else "",
        "suggestion": one.case.description if row.kind == "disclosure_decided" else "",
        "proposal": _proposal(data),
        **earlier,
    }


def _proposal(data: Mapping[str, Any]) -> str:
    outcome = data.get("outcome")
    return f"{lists()['outcomes'][outcome].listed}。{data.get('reasons', '')}" if outcome else ""


def _searches(one: Desk) -> list[dict[str, Any]]:
    found = [each for each in one.state.effective if each.kind == "finding_returned" and each.data.get("search_places")]
    return [
        {
            "division": one.names.divisions.get(
                each.data.get("division", ""), one.organ.disclosure_office or "公开工作机构"
            ),
            "system": each.data["search_places"],
            "words": each.data.get("search_words", ""),
            "on": each.day("search_time") or each.on,
            "result": each.data.get("search_result", ""),
        }
        for each in found
    ]


def _earlier(organ: Organ, numbers: Any) -> Values:
    case = Case.objects.filter(organ=organ, number__in=list(numbers)).first()
    if case is None:
        return {}
    state = state_of(events_of(case))
    return {"earlier_reply": state.letter_number, "earlier_reply_on": state.decided_on}


def _delivery(one: Desk, row: CaseEvent) -> Values:
    if row.kind != "dispatched":
        return {}
    place = personal_values(row).get("address") or row.data.get("tracking", "")
    delivered: date | None = one.state.delivered_on
    return {
        "delivered_letter": f"政府信息公开申请答复书（{one.state.letter_number}）"
        if one.state.letter_number
        else "政府信息公开申请答复书",
        "delivery_way": label_of("delivery_methods", row.data["method"]),
        "delivery_place": place,
        "delivered_on": delivered or row.on,
    }
