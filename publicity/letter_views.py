"""Letters and 通告 before the public, the page on which parents say that they have read one, and the specialist's."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.throttle import Throttle
from foundation.documents.rendering import public_url

from . import letters, rules
from .enums import LetterKind, LetterState
from .manners import public_page, searched_page
from .models import LetterSchool, ParentLetter
from .operations.receipts import confirm_reading, hand_out
from .unseen import leaves_no_trace

SHOWN = 100
#: A class behind one address may answer in a few minutes; a machine is slowed down.
RECEIPTS = Throttle("letter-receipt", limit=120, seconds=600)


@dataclass(frozen=True)
class Words:
    """What a letter says, in the order of the page."""

    paragraphs: list[str]
    advice: list[str]
    phones: list[tuple[str, str, str]]
    closing: str


def words_of(letter: ParentLetter) -> Words:
    """The frozen words of its document; of a 通告 its body, with the phones of the area as they are now."""
    if letter.kind == LetterKind.NOTICE:
        body = [line for line in letter.body.splitlines() if line.strip()]
        return Words(body, [], letters.phones(letter.jurisdiction), "")
    fields = letter.document.frozen["fields"]
    opening = [line for line in fields["opening"].splitlines() if line.strip()]
    return Words(opening, fields["advice"], fields["phones"], fields["closing"])


def shown_to_all():
    """Published, and of those with a document that it holds."""
    found = ParentLetter.objects.filter(state=LetterState.PUBLISHED, document__voiding__isnull=True)
    return found.select_related("organ", "jurisdiction", "document").order_by("-published_on", "-pk")


@searched_page
def letter_list(request: HttpRequest) -> HttpResponse:
    """致家长信和通告 that are public now."""
    return render(request, "public/letters.html", {"rows": list(shown_to_all()[:SHOWN])})


@public_page
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, as long as it is public."""
    row = get_object_or_404(shown_to_all(), pk=pk)
    return render(request, "public/letter.html", {"row": row, "words": words_of(row)})


def _from_elsewhere(request: HttpRequest) -> HttpResponse:
    raise Http404


@leaves_no_trace(_from_elsewhere)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as a school handed it out, and one button; nobody's name is asked."""
    line = LetterSchool.objects.select_related("letter__organ", "letter__jurisdiction", "letter__document", "school")
    line = line.filter(code=code.upper()).first()
    if line is None or not rules.can_read(ANONYMOUS, line):
        return render(request, "public/letter_receipt.html", {"line": None}, status=404)
    told = ""
    if request.method == "POST":
        if not RECEIPTS.permits_unseen(request):
            return render(request, "public/slow_down.html", status=429)
        try:
            line = confirm_reading(line=line, by=ANONYMOUS, at=clock.now())
            told = "已收到您的回执，谢谢。每个家庭回执一次即可。"
        except DomainError as refusal:
            told = refusal.message
    context = {"line": line, "row": line.letter, "words": words_of(line.letter), "told": told}
    return render(request, "public/letter_receipt.html", context)


class HandOutForm(forms.Form):
    line = forms.IntegerField(widget=forms.HiddenInput)
    copies = forms.IntegerField(label="实发份数", min_value=1, max_value=99_999)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_letters(request: HttpRequest) -> HttpResponse:
    """What the specialist's school has to hand out: how many copies, and the address for its parents."""
    actor = request.actor
    if not rules.can_hand_out_somewhere(actor):
        raise PermissionDenied(rules.can_hand_out_somewhere.refusal)
    school = Post.objects.get(pk=actor.post_id).school_id
    lines = LetterSchool.objects.filter(school=school, letter__in=shown_to_all()).select_related("letter", "school")
    wrong = ""
    if request.method == "POST":
        form = HandOutForm(request.POST)
        wrong = "请填写1至99999的实发份数。"
        if form.is_valid():
            line = get_object_or_404(lines, pk=form.cleaned_data["line"])
            try:
                hand_out(line=line, copies=form.cleaned_data["copies"], by=actor, at=clock.now())
            except NotAllowed as refusal:
                raise PermissionDenied(refusal.message) from refusal
            except DomainError as refusal:
                wrong = refusal.message
            else:
                messages.success(request, "已登记发放。")
                return redirect("school_letters")
    found = lines.order_by("-letter__published_on", "-pk")[:SHOWN]
    rows = [(line, public_url(reverse("publicity:letter_receipt", args=[line.code]))) for line in found]
    return render(request, "publicity/school_letters.html", {"tab": "forms", "rows": rows, "wrong": wrong})
