"""The wording of a page's furniture, as far as it is fixed.

English first; German, French, Spanish, Italian, Portuguese, Dutch, Polish and Russian where a phrase is fixed.
"""

from __future__ import annotations

from briefing.text.furniture_kinds import Kind, rule

_AGENCY = (
    r"(?:Getty(?: Images)?|AP|Reuters|REUTERS|AFP|EPA|EFE|dpa|DPA|ANSA|PA|Shutterstock|Alamy|Bloomberg|Invision"
    r"|iStock|Unsplash)"
)
_SHARE_WORD = (
    r"(?:facebook|twitter|x|tweet|pinterest|linkedin|whatsapp|telegram|reddit|tumblr|messenger|flipboard|instagram"
    r"|stumbleupon|google|e-?mail|mail|print|printable|version|copy|link|save|share|comments?|send|this|page|article"
    r"|story|on|via|with|to|a|friend|the|by|and|or|in|new|window|opens|click|teilen|drucken|partager|imprimer"
    r"|compartir|imprimir|condividi|delen)"
)
_MEDIUM = (
    r"(?:newsletters?|in-?box|e-?mails?|alerts?|apps?\b|updates|twitter|facebook|instagram|youtube|telegram|whatsapp"
    r"|podcasts?|channel|unlimited access|journalism|subscribers?|postfach|kanal|boletín|bulletin)"
)
_DAY = (
    r"(?:\d{1,4}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|yesterday"
    r"|gestern|heute)"
)
_DATE = (
    r"(?:\p{L}{2,12}\.?,? )?(?:\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{1,2}\.? (?:de )?\p{L}{3,10}\.?(?: de)? \d{4}"
    r"|\p{L}{3,10}\.? \d{1,2}, \d{4})(?:\W{1,3}(?:\p{L}{2,3} )?\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?(?: \p{L}{2,4})?)?"
)
_NAMES = (
    r"\p{Lu}[\p{L}.'’-]+(?:(?: |, | and | und | et | y | e | en |\s?\|\s?|/)"
    r"(?:(?:of|for|the|de|da|di|van|von|der) ){0,2}\p{Lu}[\p{L}.'’-]*){1,9}"
)

RULES = (
    rule(
        Kind.CAPTION,
        "begins as a caption",
        r"(?:image|picture|photo|video|media|figure) (?:caption|copyright|credit|source)\b(?!.{300})",
        r"\W?(?:image|photo|picture|video) via \p{Lu}",
        r"(?:bildunterschrift|bildquelle|légende|pie de foto|didascalia)\s?[:|]",
        r"(?:view|enlarge|open) (?:images?|photos?|gallery)\b",
        r"(?:show|hide|toggle|close) caption\b",
        r"(?:photo(?:graph)?s?|pictures?|images?|illustration|graphic|fotos?|bild(?:er)?|grafik|archivbild|symbolbild"
        r"|crédits?|imagen|imágenes|immagine|imagem|zdjęcie|фото)"
        r"(?: by| courtesy(?: of)?| credits?| photo)?\s?[:|©]",
        longest=700,
        first="image imag picture photo video media figure view enlarge open show hide toggle close illustration"
        " graphic foto bild archivbild symbolbild grafik crédit imágen immagine zdjęcie фото légende pie didascalia",
    ),
    rule(
        Kind.CAPTION,
        "begins as a caption",
        r"FILE\s?(?:PHOTO)?\s?[-–—:]",
        r"(?:Photo|Photograph|Image|Foto|Bild)s? (?:by|von|de|di) \p{Lu}",
        r"(?:Getty|AFP|AP) Images \p{Lu}",
        r"CLOSE \p{Lu}",
        longest=700,
        exact=True,
    ),
    rule(
        Kind.CAPTION,
        "describes a picture",
        r"(?:in|on) this [^.]{0,60}(?:file |booking |undated )?(?:photo|image|picture|frame)\b",
        r"this [^.]{0,40}\b(?:photo|image|picture)\b[^.]{0,60} (?:released|provided|shows)\b",
        r".{0,120}\b(?:file photo|archivfoto|photo d['’]archives|foto de archivo)\b",
        longest=700,
        cues="photo foto image picture frame",
    ),
    rule(
        Kind.CAPTION,
        "ends with a picture credit",
        rf".*\([^()]*(?:\b(?:Photo|PHOTO|Staff [Pp]hotographer|Courtesy|Foto)\b|[/|] ?{_AGENCY}\b"
        rf"|Getty Images)[^()]*\)$",
        rf".*\b[\p{{L}}'’.-]+ ?/ ?(?:[\p{{L}} ]+/ ?)?{_AGENCY}$",
        r".*\bGetty Images$",
        r".*[.!?”\"’] (?:Courtesy"
        r"|Photo|Photograph|Credit|Image|Picture|Foto|Bild)s?\b:? (?:by |of )?\p{Lu}[^.!?]{1,60}$",
        longest=600,
        cues="photo foto getty courtesy credit image picture bild /",
        exact=True,
    ),
    rule(Kind.BOILERPLATE, "holds no words", r"[^\p{L}\p{N}]*$"),
    rule(
        Kind.BOILERPLATE,
        "an address and nothing else",
        r"[<(\[]?(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|@\w+)[>)\]]?$",
        cues="http www @",
    ),
    rule(
        Kind.BOILERPLATE,
        "a notice of the player or the archive that the page came from",
        r"\W*the interactive transcript could not be loaded\b|\W*rating is available when the video\b",
        r"\W*(?:this feature|this video|the video) (?:is not available|could not be (?:loaded|played))\b",
        r"\W*(?:das video (?:konnte|kann) nicht|la vidéo n['’]a pas pu|(?:el|este) vídeo no (?:se ha podido|está"
        r" disponible))",
        r"\W*tweet with a location\b|\W*you can add location information to your tweets\b",
        r"starting in \d{4}, alexa internet has been donating\b|crawls of supported \W",
        r"these crawls are part of an effort to archive\b|.{0,300}\bcollected by the internet archive\b",
        r"the wayback machine\b[^.]{0,30}https?://",
        r".{1,60} redirects here\b|for confidential (?:support|advice|help)\b.{0,60}\b(?:call|contact)\b",
        longest=700,
        cues="transcript rating feature video vídeo vidéo location alexa crawl archive wayback redirects confidential",
    ),
    rule(
        Kind.BOILERPLATE,
        "links to other pages",
        r"\W{0,3}(?:read|see|find out|learn|discover) (?:more|also|next|the full story)\b",
        r"\W{0,3}more (?:from|on this(?: story)?|stories|coverage|news|like this)\b",
        r"\W{0,3}(?:also (?:read|on|see)|you (?:may|might) also (?:like|be interested)|don['’]t miss|must read)\b",
        r"\W{0,3}(?:most|top|latest|trending|popular|recommended|related) (?:read|popular|stories|story|articles?"
        r"|videos?"
        r"|links?|topics?|content|posts?|coverage)\b(?!.*[.!?]$)",
        r"\W{0,3}(?:recommended for you|what to read next|trending now|editor['’]s picks?)\b",
        r"\W{0,3}(?:related|watch|listen|photos?|video|gallery|in pictures|opinion|see also|read also|read|more"
        r"|live updates|explainer)\s?[:|»]",
        r"\W{0,3}(?:related\s(?!to\b)\S|see these\?|click here|tap here|watch (?:the|this|part of)\b[^.]{0,60}\bvideo)",
        r"on (?:a )?mobile\b[^.]{0,20}\?",
        r"\W{0,3}(?:lesen sie (?:auch|mehr|hier)|lies auch|mehr (?:zum thema|dazu|lesen)|zum thema|auch interessant"
        r"|weiterlesen|das könnte sie auch)",
        r"\W{0,3}(?:(?:à )?lire (?:aussi|également|la suite)|voir aussi|sur le même sujet|pour aller plus loin"
        r"|en savoir plus|à découvrir aussi)",
        r"\W{0,3}(?:(?:lea|lee|ver|vea) (?:también|más)|(?:te|le) puede interesar|más información"
        r"|noticias relacionadas|sigue leyendo)",
        r"\W{0,3}(?:leggi (?:anche|tutto)|per approfondire|(?:leia|veja|saiba) (?:também|mais)|lees (?:ook|meer|verder)"
        r"|czytaj (?:też|także|więcej)|читайте также|читать далее)",
        plain=True,
        longest=200,
    ),
    rule(
        Kind.BOILERPLATE,
        "asks to sign up, follow or pay",
        r"\W{0,3}(?:please )?(?:sign up|subscribe|register|get|follow|join|download|like (?:us|our|the)|stay"
        r"|click|receive|enter your"
        r"|support (?:our|us|the)|become a|keep up|for (?:the latest|more)|want (?:more|the)|enjoy(?:ing|ed)?"
        r"|never miss|\S+ alerts?:"
        rf"|help us)\b[^.]{{0,160}}\b{_MEDIUM}",
        r"\W{0,3}(?:abonnieren|jetzt|folgen|melden sie|inscrivez|abonnez|recevez|suivez|suscr[ií]b|s[ií]gu|recib"
        rf"|iscriviti|segui|assine|inscreva|siga|schrijf|volg)[^.]{{0,160}}\b{_MEDIUM}",
        r".{0,160}\b(?:thank(?:s| you) for subscribing|invalid email|delivered to your inbox|already a (?:subscriber"
        r"|member)\?|start your (?:free )?trial|subscribe to (?:our|the|your)\b|follow @\w+|get (?:the|our) free app)",
        r".{0,160}\bsign up (?:for|to) (?:our|the|his|her|your)?\s?[^.]{0,40}newsletter",
        r".{0,160}\b(?:follow|find|like) (?:us|him|her|them|me|@\w+) on (?:twitter|facebook|instagram|x)\b",
        plain=True,
        longest=600,
        cues="subscri sign newsletter inbox follow twitter facebook instagram youtube telegram whatsapp mail"
        " alert update app journalism podcast channel already trial postfach kanal boletín bulletin access",
    ),
    rule(
        Kind.BOILERPLATE,
        "share buttons",
        rf"(?=.*(?:share|send|print|tweet|facebook|twitter|mail|whatsapp|teilen|partager|compartir|condividi|delen))"
        rf"(?:\W*\b{_SHARE_WORD}\b\+?){{1,30}}\W*$",
        r"(?:click to (?:share|email|print)|bookmark with|share on more|stumbleupon|facebook twitter)\b",
        r"read or share this",
        r"(?:share|send|e-?mail|print|bookmark) this (?:page|article|story|post|with|on|via)\b",
        longest=250,
        cues="share send print tweet facebook twitter mail bookmark stumbleupon teilen partager compartir"
        " condividi delen",
    ),
    rule(
        Kind.BOILERPLATE,
        "a copyright line",
        r"\W{0,3}(?:©|\(c\)|copyright(?:ed)?\b\W*(?:©|\(c\)|\d{4}|by\b|the\b|all rights)).{0,100}$",
        r".{0,200}\b(?:all rights reserved|may not be (?:published|reproduced|reprinted)|permission to (?:reprint"
        r"|reproduce)|reproduction without permission)\b",
        r".{0,200}\b(?:alle rechte vorbehalten|tous droits réservés|reproduction interdite"
        r"|todos los derechos reservados"
        r"|tutti i diritti riservati|todos os direitos reservados)\b",
        longest=500,
        cues="copyright © (c) reserved published reproduc reprint vorbehalten réservés reservados riservati",
    ),
    rule(
        Kind.BOILERPLATE,
        "a cookie or privacy notice",
        r"(?=.*\bcookies?\b).*\b(?:accept|consent|agree|settings|preferences|we (?:and our partners )?use|(?:site"
        r"|website"
        r"|page) uses|by continuing|zustimm\w*|akzeptier\w*|verwende[nt]|einstellungen|utilis\w+|accepte\w*|utiliza\w*"
        r"|acepta\w*|utilizz\w+|gebruik\w*)\b",
        r".{0,80}\b(?:terms of (?:use|service)|privacy policy)\b.{0,80}$",
        plain=True,
        longest=600,
        cues="cookie terms privacy",
    ),
    rule(
        Kind.BOILERPLATE,
        "an advertisement's place",
        r"\W*(?:story|article|text|scroll) continues (?:below|after)\b",
        r"\W*(?:(?:continue|keep) (?:reading|scrolling)\b.{0,40}$|scroll (?:down )?to continue)",
        r"\W*(?:advertis(?:e)?ment\b.{0,40}$|sponsored(?: content| by .{0,40}| links?)?$|promoted(?: content)?$"
        r"|skip (?:ad|past newsletter)\b)",
        r"\W*(?:werbung|anzeige|publicité|publicidad|pubblicità|publicidade|advertentie|reklama|реклама)\W*$",
        r"\W*(?:(?:la suite|suite de l['’]article) après (?:cette|la) publicité|nach der anzeige)",
        r"\d+ of \d+ full screen\b",
        longest=600,
        first="story article text scroll continue keep advert sponsored promoted skip werbung anzeige publicité"
        " publicidad pubblicità publicidade advertentie reklama реклама la suite nach of",
    ),
    rule(
        Kind.BOILERPLATE,
        "names who wrote or edited",
        r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|edited|written|translation|photography)"
        r" (?:for [^.;]{2,40} )?by\b[^.]{2,200}",
        r"(?:contact|e-?mail|reach|to reach|write to) (?:the (?:reporter|writer|author)|\p{L}+(?: \p{L}\.?)? \p{L}+),?"
        r" (?:at|on|via|here|call)\b",
        r"(?:mit material (?:von|der)|quellen? ?:|source ?:|fuente ?:|fonte ?:|avec (?:afp|reuters|agences)"
        r"|con información de|bron ?:)\s?.{0,60}$",
        longest=400,
        first="additional with reporting writing editing compiled edited written write translation contact"
        " photography e email reach to mit quelle source fuente fonte avec con bron",
    ),
    rule(
        Kind.BOILERPLATE,
        "names who wrote or edited",
        r".{2,300}\bcontributed (?:reporting )?(?:to|from|for) (?:this|the) (?:report|story|article|piece|post)\b",
        r".{2,160}\bcontributed reporting\b.{0,80}$",
        r".{2,120}\b(?:can|may) be reached (?:at|on|by|via)\b",
        r".{2,160}\b(?:hat an diesem (?:bericht|text|artikel|beitrag) mitge|(?:a|ont) contribué à (?:cet article|ce"
        r" reportage)|contribuy(?:ó|eron) a este (?:reportaje|informe|artículo)|ha(?:nno)? contribuito a questo)",
        r"[\p{L} .'’-]{4,60} is (?:a|an|the) [\p{L} ,-]{0,40}(?:writer|reporter|correspondent|editor|columnist)"
        r" (?:at|for|with) .{2,60}$",
        longest=400,
        cues="contribu mitge reached writer reporter correspondent editor columnist",
    ),
    rule(
        Kind.BOILERPLATE,
        "a byline",
        r"(?:/ )?(?:(?:Published|Updated|Posted|Written|Story|Words?) )?(?:By|BY|by|Von|Par|Por|Di|Da|Door|Autor:"
        r"|Author:) "
        rf"{_NAMES}(?:\s?[|,–—-].{{0,60}})?$",
        rf"{_NAMES}\s?[|·•,–—/-]\s?{_DATE}$|{_DATE} (?:by|By|BY|von|par|por|di) {_NAMES}$",
        longest=140,
        exact=True,
    ),
    rule(
        Kind.BOILERPLATE,
        "an agency's name and nothing else",
        rf"\W*(?:{_AGENCY}|(?:The )?Associated Press|Press Association|Agence France-Presse)(?:\W+{_AGENCY})*\W*$",
        longest=60,
        exact=True,
    ),
    rule(
        Kind.BOILERPLATE,
        "a time of publication",
        r"\W*(?:last |first )?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|stand|publié|mis à jour"
        rf"|publicado|actualizado|pubblicato|aggiornato)(?: (?:on|at|le|el|il|am))?\s?:?\s?{_DAY}[^.!?]*$",
        r"\W*\d+ (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago\b[^.!?]*$|\W*\d+[ -]min(?:ute)?s? read\W*$",
        longest=90,
    ),
    rule(
        Kind.BOILERPLATE,
        "about comments or the page itself",
        r"\W*comments? (?:are (?:closed|off|moderated|disabled|welcome|subject)|policy|section|guidelines|will be)\b",
        r"\W*(?:leave|post|add|write|view|show|see|read|join) (?:a |your |all |the )?(?:comments?|conversation|reply"
        r"|discussion)\b.{0,60}$",
        r"\W*(?:we|please) (?:have disabled|reserve the right|encourage|moderate|be (?:respectful"
        r"|civil))\b.{0,120}\bcomment",
        r"\W*(?:report (?:abuse|a (?:typo|mistake|correction))|log ?in or (?:register|sign up)|please (?:enable|turn on"
        r"|activate|verify you)\b|(?:your|this) browser\b|media playback\b|javascript\b.{0,60}\b(?:required|disabled))",
        r"\W*this (?:video|content|article|story|post) (?:is|was|has been) (?:not available|no longer available"
        r"|(?:originally |first )?(?:published|appeared)|republished|updated|corrected)\b",
        r"\W*(?:an? (?:\w+ )?version of this (?:article|story|report)\b|this (?:article|story) (?:first|originally)"
        r" appeared\b)",
        r"\W*(?:correction|berichtigung|korrektur|correctif|corrección)\s?: .{0,40}\b(?:article|story|report|version"
        r"|text|artículo)\b",
        r"\W*(?:diese[rs]? (?:text|artikel|beitrag) (?:ist|erschien|wurde)\b.{0,40}\b(?:zuerst|zunächst|erschienen"
        r"|aktualisiert)|cet article (?:a été|est) (?:d['’]abord |initialement )?(?:publié|paru|mis à jour)"
        r"|este artículo (?:se publicó|fue publicado|apareció|ha sido actualizado))\b",
        r"\W*(?:kommentare?(?: \(\d+\)| lesen| schreiben|funktion)|laisser un commentaire|réagir$|deja (?:un"
        r"|tu) comentario)",
        r"\W*(?:(?:skip|back|jump) to (?:main|top|content)|view (?:this )?(?:in|on|the)\b.{0,40}$|(?:show"
        r"|see) all\W*\d*\W*$)",
        plain=True,
        longest=400,
        first="comment leave post add write view show see read join we please report log login your this browser media"
        " javascript an correction berichtigung korrektur correctif corrección diese cet este kommentar laisser réagir"
        " deja skip back jump",
    ),
)
