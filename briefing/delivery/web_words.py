"""What the page of the links says, in the languages of the briefs."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """``title`` is on the button too. ``question`` and ``done`` name the list and the address."""

    title: str
    question: str
    done: str
    wrong: str
    later: str


WORDS = {
    "en": Words(
        "Unsubscribe",
        "Should {address} no longer get “{list}”?",
        "Done: {address} no longer gets “{list}”.",
        "This link does not work. It may be cut off: copy all of it from the mail.",
        "That did not work just now. Please try again in a minute.",
    ),
    "de": Words(
        "Abbestellen",
        "Soll {address} „{list}“ nicht mehr erhalten?",
        "Erledigt: {address} erhält „{list}“ nicht mehr.",
        "Dieser Link funktioniert nicht. Vielleicht ist er unvollständig: Kopieren Sie ihn ganz aus der Mail.",
        "Das hat gerade nicht geklappt. Bitte versuchen Sie es in einer Minute noch einmal.",
    ),
    "fr": Words(
        "Se désabonner",
        "Faut-il ne plus envoyer « {list} » à {address} ?",
        "C’est fait : {address} ne recevra plus « {list} ».",
        "Ce lien ne fonctionne pas. Il est peut-être incomplet : copiez-le en entier depuis le message.",
        "Cela n’a pas fonctionné. Veuillez réessayer dans une minute.",
    ),
    "es": Words(
        "Cancelar la suscripción",
        "¿Quiere que {address} deje de recibir «{list}»?",
        "Hecho: {address} ya no recibirá «{list}».",
        "Este enlace no funciona. Quizá esté incompleto: cópielo entero del mensaje.",
        "No ha sido posible en este momento. Inténtelo de nuevo en un minuto.",
    ),
    "ar": Words(
        "إلغاء الاشتراك",
        "هل تريد إيقاف إرسال «{list}» إلى {address}؟",
        "تم: لن يُرسَل «{list}» إلى {address} بعد الآن.",
        "هذا الرابط لا يعمل. ربما كان ناقصًا: انسخه كاملًا من الرسالة.",
        "لم ينجح ذلك الآن. يُرجى المحاولة مرة أخرى بعد دقيقة.",
    ),
    "ja": Words(
        "配信停止",
        "{address} への「{list}」の配信を停止しますか。",
        "完了しました。{address} に「{list}」は配信されません。",
        "このリンクは無効です。途中で切れている可能性があります。メールから全体をコピーしてください。",
        "現在処理できませんでした。1分後にもう一度お試しください。",
    ),
}
