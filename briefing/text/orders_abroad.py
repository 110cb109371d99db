"""Orders to those who sum an article up, in other languages than English: German, French, Spanish, and a little"
" of more."""

from __future__ import annotations

from briefing.text.orders import TURN, UNSAID, Form, forms

# Who is told, where the text says "note for ...".
_READERS = (
    r"(?:ki(?:-\p{L}+)?|sprachmodelle?n?|assistent(?:en)?|chatbots?|llms?|zusammenfasser|aggregatoren|suchmaschinen|ia"
    r"|modèles? de langage|assistants?(?: (?:d['’])?ia)?|agrégateurs|systèmes automatiques|modelos? de lenguaje"
    r"|asistentes?(?: de ia)?|agregadores|sistemas automáticos|intelligences? artificielles?"
    r"|inteligencias? artificial(?:es)?)"
)
_NOTE = (
    r"(?:anweisung(?:en)?|hinweise?|nachricht|mitteilung|richtigstellung|korrektur|zusammenfassung|vorgabe|achtung"
    r"|instructions?|consignes?|avis|message|correction|résumé(?: suggéré| proposé)?|note|rectificatif|instrucci(?:ón"
    r"|ones)|aviso|mensaje|corrección|resumen(?: sugerido)?|nota|indicaciones|remarque)"
)

ABROAD: tuple[Form, ...] = forms(
    (
        "says what a summary must hold",
        "zusammenfassung zusammenfassungen kurzfassung kurzfassungen résumé résumés synthèse resumen resúmenes"
        " síntesis antworte antworten schreib schreibe gib réponds répondez écris écrivez responde responda responded"
        " escribe escriba contesta zusammenfassen zusammenfasst verarbeiten verarbeitest liest lesen résumez résumes"
        " traitez citez reformulez resume resumes resuma resumir procesa procesar",
        rf"{TURN}(?:(?:die|jede|deine|eure|ihre|alle) )?(?:\p{{L}}+ )?(?:zusammenfassung|kurzfassung)(?:en)?"
        r"(?: (?:dieses|dieser|von diesem) \p{L}+)? (?:muss|müssen|soll(?:te|ten|en)?|hat|haben)\b.{0,80}\b(?:sagen"
        rf"|nennen|erwähnen|enthalten|schreiben|lauten|behaupten|beginnen|loben|angeben|feststellen|betonen)\b{UNSAID}",
        rf"{TURN}(?:(?:le|les|tout|tous les|chaque|votre|vos|ton) )(?:\p{{L}}+ )?(?:résumé|synthèse)s?(?: de (?:cet"
        rf"|cette"
        r"|ce) \p{L}+)? (?:(?:commencera|mentionnera|dira|citera)\b|(?:doi(?:t|vent)|devr(?:a|ont|ait"
        r"|aient)) (?:mentionner|dire|citer|indiquer|contenir|inclure"
        rf"|préciser|affirmer|commencer|nommer|présenter|décrire|souligner)\b){UNSAID}",
        rf"{TURN}(?:el|los|todo|todos los|cualquier|cada|tu|su) (?:\p{{L}}+ )?(?:resumen|resúmenes"
        rf"|síntesis)(?: de est[ea]"
        r" \p{L}+)? (?:deben?|deberán?|tienen? que|han? de) (?:decir|mencionar|indicar|incluir|citar|afirmar|nombrar"
        rf"|contener|comenzar|empezar|abrir|terminar|presentar|describir|señalar|destacar)\b{UNSAID}",
        r"\b(?:wenn|falls|sobald) (?:sie|du|ihr) (?:diesen|dieses|diese) \p{L}+ (?:zusammenfass|verarbeite|wiedergib"
        r"|kürz)\p{L}*,",
        r"\bsi (?:vous|tu) (?:résume[sz]?|traite[sz]?|reformule[sz]?|cite[sz]?) (?:cet|cette|ce) \p{L}+, \p{L}+",
        r"\b(?:si|cuando|al) (?:usted )?(?:resum(?:es?|as?|ir)|proces(?:as?|es?|ar)|cit(?:as?|es?"
        r"|ar)) est[ea] \p{L}+, \p{L}+",
        rf"{TURN}(?:antworte|schreibe?|gib)(?: bitte)? (?:nur|ausschließlich|lediglich)\b",
        rf"{TURN}(?:antworten|schreiben) sie (?:bitte )?(?:nur|ausschließlich|lediglich) (?:mit|den|das|die)\b",
        rf"{TURN}(?:réponds|répondez|écris|écrivez) (?:uniquement|seulement|exclusivement)\b",
        rf"{TURN}(?:responde|responda|responded|escrib[ae]|contesta) (?:solo|sólo|solamente|únicamente|exclusivamente)"
        r"\s?(?:con|:|la frase|la palabra|las palabras|en json)",
    ),
    (
        "tells the reader what to write",
        "schreib schreibe schreiben behaupte behaupten erwähne erwähnen écris écrivez mentionnez affirmez escriba"
        " mencione afirme | dass que",
        r"(?#start)\b(?:schreibe?|behaupte|erwähne)(?: bitte)?, dass\b|(?#start)\b(?:schreiben|behaupten"
        r"|erwähnen) sie, dass\b",
        rf"(?#start)\b(?:écris|écrivez|mentionnez|affirmez) que\b{UNSAID}",
        rf"(?#start)\b(?:escriba|mencione|afirme) que\b{UNSAID}",
    ),
    (
        "addresses a language model",
        "sprachmodell ki langage lenguaje ia | sie du vous tu usted eres",
        r"\b(?:sie sind|du bist|vous êtes|tu es|usted es|eres) (?:ein |eine |une? )?(?:ki|sprachmodell"
        r"|modèle de langage|modelo de lenguaje|ia)\b",
    ),
    (
        "tells a model to ignore its instructions",
        "ignorez ignore oubliez ignora ignore olvide ignorieren ignoriere | précède précèdent anterior anteriores"
        " vorige vorangehende obige",
        rf"{TURN}(?:ignorez|oubliez|ignore|oublie) (?:tout )?ce qui précède\b{UNSAID}",
        rf"{TURN}(?:ignora|ignore|olvida|olvide) (?:todo )?lo anterior\b{UNSAID}",
        rf"{TURN}ignorier(?:e|en sie) das (?:obige|vorige|vorangehende)\b{UNSAID}",
    ),
    (
        "addresses a language model",
        "ki sprachmodell sprachmodelle ia modèle modelo chatbot | soll muss sollte doit devra devrait debe deberá"
        " debería müssen sollen doivent deben",
        rf"{TURN}(?:(?:die|jede|eine|alle) )?(?:ki(?:-\p{{L}}+)?|sprachmodelle?|chatbots?) (?:soll|muss|sollte|müssen"
        rf"|sollen)\b.{{0,60}}\b(?:schreiben|sagen|erwähnen|behaupten|melden), dass\b{UNSAID}",
        rf"{TURN}(?:l['’]ia|les ia|toute ia|le modèle|les modèles de langage) (?:doi(?:t|vent)|devra"
        rf"|devrait) (?:écrire|dire|mentionner|affirmer|indiquer|préciser) que\b{UNSAID}",
        rf"{TURN}(?:la ia|las ia|toda ia|el modelo|los modelos de lenguaje) (?:debe|deben|deberá|debería) (?:escribir"
        rf"|decir|mencionar|afirmar|indicar) que\b{UNSAID}",
    ),
    (
        "says what a summary must hold",
        "riassunto sintesi samenvatting resumo | deve devono moet moeten deverá",
        rf"{TURN}(?:(?:il|ogni|tuo|la|ogni) )*(?:riassunto|sintesi)(?: di quest[oa] \p{{L}}+)? dev(?:e|ono) (?:dire"
        rf"|menzionare|citare|iniziare|contenere|indicare|includere|affermare)\b{UNSAID}",
        rf"{TURN}(?:de|elke|je|uw) samenvatting(?: van dit \p{{L}}+)? moet\b.{{0,60}}\b(?:zeggen|noemen|vermelden"
        rf"|beginnen|bevatten)\b{UNSAID}",
        rf"{TURN}(?:o|todo|seu|teu|qualquer) (?:resumo)(?: dest[ea] \p{{L}}+)? dever?á? (?:dizer|mencionar|citar"
        rf"|começar|incluir|conter|afirmar)\b{UNSAID}",
    ),
)

# Their rest of a paragraph belongs to them.
ABROAD_OPENING: tuple[Form, ...] = forms(
    (
        "opens an order to a machine",
        "ki llm llms sprachmodell sprachmodelle sprachmodellen assistenten assistent chatbots zusammenfasser"
        " aggregatoren suchmaschinen ia modèle modèles modelo modelos assistants agrégateurs systèmes asistentes"
        " agregadores sistemas intelligences intelligence inteligencia inteligencias | für an à aux pour para a los"
        " las les",
        rf"{TURN}(?:\p{{L}}+ )?{_NOTE} (?:für|an|à|aux|pour|para|a) (?:alle |die |les |las |los |toutes les "
        rf"|tous les |todas las |todos los )?{_READERS}\s?[:–—]",
    ),
)
