"""What the pages say that stand in place of an article, in seven languages of Western Europe.

`titles` are whole titles or headings, `phrases` a part of a sentence. A sentence in quotation marks is not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one kind of wall is called, and what it says."""

    titles: re.Pattern[str] = _NEVER
    phrases: re.Pattern[str]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


BOT_CHECK = Words(
    titles=_any(
        r"just a moment", r"one (?:more step|moment),?(?: please)?", r"attention required!?", r"access denied",
        r"are you (?:a )?(?:human|robot)\??",
        r"(?:please )?(?:verify|prove|confirm) (?:that )?you(?:['’]re| are) .{2,20}",
        r"(?:security|robot|bot|human|browser) (?:check|verification)", r"pardon our interruption", r"captcha",
        r"making sure you['’]re not a bot",
        r"access to this page has been denied", r"sorry, you have been blocked", r"checking your browser.{0,40}",
        r"(?:nur )?einen moment,?(?: bitte)?", r"(?:sicherheits(?:über)?prüfung|bist du ein mensch\??)",
        r"un (?:instant|momento),?(?: s['’]il vous plaît|,? por favor)?", r"vérification (?:de sécurité|en cours)",
        r"verificación de seguridad", r"verifica di sicurezza", r"verificação de segurança",
        r"veiligheidscontrole", r"(?:een|um) (?:moment|momento)(?: geduld)?",
        r"accès refusé|acceso denegado|accesso negato|acesso negado",
    ),
    phrases=_any(
        r"checking (?:if the site connection is secure|your browser)",
        r"enable javascript and cookies to continue",
        (
            r"(?:verify|verifying|confirm|prove|check|make sure|sure) (?:that )?you(?:['’]re"
            r"| are) (?:an? )?(?:real )?(?:human|person|not a (?:ro)?bot)"
        ),
        r"review the security of your connection", r"unusual (?:traffic|activity) (?:from|coming from) your",
        r"(?:complete|solve) the (?:captcha|security check|challenge|puzzle) (?:below|to|so)",
        r"press (?:and|&) hold", r"think (?:that )?you (?:were|are|might be) a (?:ro)?bot",
        r"cookies and javascript are enabled", r"checks to see if it['’]s really you",
        r"while we (?:check|verify) (?:you|that)", r"you have been blocked",
        r"security service to protect itself", r"\bray id\b",
        r"automated (?:requests|access) from your", r"(?:ihr|dein)en? browser (?:wird|überprüf)",
        r"bestätigen sie,? dass sie (?:ein mensch|kein roboter) sind",
        r"vérifi(?:ez|er|ons) que vous (?:êtes|n['’]êtes pas) (?:un )?(?:humain|robot)",
        r"confirm(?:a|e) que (?:eres|es|você é) (?:un )?humano", r"(?:no eres|não é) um? robot",
        r"verific(?:a|hiamo) (?:che tu sia|di essere) (?:un )?umano", r"non sei un robot",
        r"bevestig dat (?:u|je) (?:een mens|geen robot) bent",
    ),
)  # fmt: skip

REGION = Words(
    titles=_any(
        r"(?:not available|unavailable) in your (?:region|country|location|area)",
        r"(?:451:? )?unavailable (?:for|due to) legal reasons",
        r"(?:nicht verfügbar in (?:ihrem land|ihrer region))",
    ),
    phrases=_any(
        (
            r"(?:not|isn['’]t|un)\s?(?:currently )?(?:available|accessible) (?:in|from"
            r"|to visitors from) (?:your|most) (?:current )?(?:region|country|countries|location|area"
            r"|european|territory)"
        ),
        r"country belonging to the european economic area", r"unavailable (?:for|due to) legal reasons",
        r"in (?:ihrem land|ihrer region|deinem land|deiner region) (?:leider )?nicht verfügbar",
        r"(?:n['’]est|ne sont) pas (?:disponibles?|accessibles?) dans votre (?:pays|région|zone)",
        r"no (?:está|se encuentra) disponible en (?:su|tu) (?:país|región|zona|ubicación)",
        (
            r"non è (?:disponibile|accessibile) (?:nel (?:tuo|suo|vostro) paese|nella (?:tua|sua"
            r"|vostra) (?:regione|zona|area))"
        ),
        r"não está disponível (?:no (?:seu|teu) país|na (?:sua|tua) (?:região|localização))",
        r"niet beschikbaar in (?:uw|jouw|je) (?:land|regio)",
    ),
)  # fmt: skip

MAINTENANCE = Words(
    titles=_any(
        r"(?:site |website |scheduled |planned |under |down for |closed for )*maintenance(?: mode)?!?",
        r"(?:we(?:['’]ll| will) )?be (?:right )?back(?: soon| shortly)?!?", r"wartung(?:sarbeiten|smodus)?",
        r"(?:site )?en maintenance", r"(?:sitio )?en mantenimiento", r"(?:sito )?in manutenzione",
        r"(?:site )?em manutenção", r"onderhoud|wegens onderhoud gesloten",
    ),
    phrases=_any(
        (
            r"(?:site|page|we|we['’]re|service|app|shop|server|briefly|temporarily)\b.{0,40}\b(?:down|closed|offline"
            r"|unavailable) (?:for|due to|because of) (?:[a-z]+ ){0,2}maintenance"
        ),
        (
            r"we(?:['’]re| are) (?:currently |busy )?(?:performing|carrying out|doing|undergoing) (?:some "
            r"|scheduled |planned |essential )*maintenance"
        ),
        r"(?:site|page|service|app|shop) is (?:currently )?under(?:going)? (?:scheduled |planned )*maintenance",
        r"briefly unavailable for", r"we(?:['’]ll| will) be back (?:soon|shortly|online|up)",
        r"(?:seite|site|portal|shop|dienst|wir)\b.{0,40}wegen wartung",
        r"(?:seite|site|portal) wird (?:derzeit |gerade )?gewartet",
        r"(?:site|page|service|nous)\b.{0,30}(?:en maintenance|pour (?:cause de )?maintenance)",
        r"(?:sitio|página|web|servicio)\b.{0,30}en mantenimiento",
        r"realizando (?:tareas|labores|trabajos) de mantenimiento",
        r"(?:sito|pagina|servizio|siamo)\b.{0,30}in manutenzione",
        r"(?:site|página|serviço|estamos)\b.{0,30}em manutenção",
        r"(?:site|pagina|dienst|wij)\b.{0,40}(?:wegens|vanwege) onderhoud",
    ),
)  # fmt: skip

LOGIN = Words(
    titles=_any(
        r"(?:please )?(?:log|sign)[ -]?in(?: (?:to|or) .{1,40}| required)?", r"login(?: required| page)?",
        r"member(?:s['’]?)? (?:login|area|only)",
        r"(?:bitte )?(?:anmelden|einloggen|anmeldung|login erforderlich)",
        r"(?:se )?connexion|identification|connectez-vous", r"(?:iniciar sesión|inicia sesión|acceso)",
        r"accedi|accesso|login richiesto", r"(?:entrar|iniciar sessão|fazer login|faça login)",
        r"inloggen|aanmelden",
    ),
    phrases=_any(
        (
            r"(?:you (?:must|need to|have to)|please) (?:first )?(?:be (?:logged|signed) in|log[ -]?in"
            r"|sign[ -]?in) (?:to|in order to|before|with|or)"
        ),
        r"(?:log|sign)[ -]?in (?:is required )?to (?:view|see|read|access|continue)",
        r"forgot(?:ten)? (?:your )?(?:password|username)",
        r"don['’]?t have an account\?|new here\?|create an account",
        r"(?:user ?name|e-?mail)(?: address)?:? *(?:and |or )?password",
        r"(?:bitte )?(?:melden sie sich|melde dich|loggen sie sich) .{0,15}(?:an|ein)\b", r"passwort vergessen",
        r"(?:sie|du) müs(?:sen|st) (?:sich |dich )?(?:an|ein)ge",
        r"(?:veuillez |merci de )?vous (?:connecter|identifier) pour", r"mot de passe oublié",
        r"connectez-vous pour", r"vous devez être connecté", r"(?:inici[ae]|debes? iniciar) sesión para",
        r"(?:has )?olvid(?:ado|aste|ó) (?:la|tu|su) contraseña",
        r"(?:accedi|devi (?:accedere|effettuare)|effettua) (?:.{0,12})?(?:per|il login|l['’]accesso)",
        r"password dimenticata", r"hai dimenticato la password", r"(?:entre|faça login|inicie sessão) .{0,20}para",
        r"esqueceu(?:-se d)?[ao]? (?:a |sua )*(?:senha|palavra-passe)",
        r"(?:log (?:eerst )?in|u moet (?:ingelogd|inloggen)|je moet (?:ingelogd|inloggen)).{0,20}(?:om|zijn)",
        r"wachtwoord vergeten",
    ),
)  # fmt: skip

ERROR = Words(
    titles=_any(
        r"(?:oops|sorry|uh[- ]oh|whoops|hoppla|ups|oups)[!,.:]*(?: .{1,40})?",
        (
            r"(?:error|fehler|erreur|errore|erro|fout)?[ -]*(?:40[0-9]|410"
            r"|50[0-9])(?: error)?[!.:]*(?: *[-–:]? *.{1,30})?"
        ),
        r"(?:page|file|article|content|document) (?:was )?not found.{0,20}", r"not found",
        r"(?:this |that |the )?page (?:does not|doesn['’]t|no longer) exists?.{0,10}",
        r"(?:page|site|content) (?:is )?(?:no longer|not|un) ?available",
        r"(?:we )?(?:can['’]?t|cannot|could not|couldn['’]t) find (?:that|the|this|your) page.{0,10}",
        r"(?:internal )?server error", r"bad gateway", r"service (?:temporarily )?unavailable", r"forbidden",
        r"something went wrong.{0,10}", r"(?:die )?seite (?:wurde )?nicht gefunden",
        r"(?:cette )?page (?:est )?(?:non trouvée|introuvable|inexistante)", r"página no (?:encontrada|existe)",
        r"pagina non (?:trovata|esiste)", r"página não (?:encontrada|existe)", r"(?:deze )?pagina niet gevonden",
    ),
    phrases=_any(
        (
            r"(?:page|article|content|link|file|address|url|story|document)\b.{0,60}(?:(?:can|could)(?:not"
            r"|n['’]t| not) be found|was not found|(?:does|do)(?:es)?(?:n['’]t| not)(?: seem to)? exist"
            r"|no longer (?:exists|available|here)|(?:has|have|may have|might have) been (?:moved|removed"
            r"|deleted))"
        ),
        (
            r"(?:can['’]?t|cannot|could not|couldn['’]t|unable to|not) (?:seem to )?find (?:the|that|this"
            r"|a) (?:page|article|content|file)"
        ),
        (
            r"(?:has|have|may|might) (?:have )?(?:been )?(?:moved|removed|deleted|renamed)\b.{0,40}(?:page"
            r"|address|link|url)?"
        ),
        r"(?:error|code|status)[ =](?:40[0-9]|50[0-9])", r"(?:40[0-9]|50[0-9]) (?:error|not found)",
        r"fatal error\W{1,3}uncaught",
        r"something (?:went wrong|has gone wrong)",
        r"(?:return|go|head) (?:back )?to (?:the |our )?(?:home ?page|start|front page)",
        r"seite.{0,50}(?:nicht (?:gefunden|mehr verfügbar|vorhanden)|existiert nicht)", r"zur startseite",
        r"page.{0,60}(?:n['’]existe (?:pas|plus)|introuvable|n['’]a pas été trouvée|a été (?:déplacée|supprimée))",
        r"retour(?:ner|nez)? à (?:la page d['’])?accueil",
        r"página.{0,60}(?:no (?:existe|se (?:ha )?enc|está disponible)|ha sido (?:movida|eliminada))",
        r"volver (?:al inicio|a la (?:portada|página))",
        r"pagina.{0,60}(?:non (?:esiste|è stata trovata|è (?:più )?disponibile))", r"torna alla home",
        r"página.{0,60}(?:não (?:existe|foi encontrada|está (?:mais )?disponível))",
        r"voltar (?:ao início|para a (?:home|página))",
        r"pagina.{0,60}(?:niet (?:gevonden|bestaat|meer)|bestaat niet)", r"terug naar (?:de )?(?:home|start|voor)",
    ),
)  # fmt: skip

SHELL = Words(
    phrases=_any(
        r"(?:enable|turn on|activate|allow) java ?script",
        (
            r"java ?script (?:is |must be |to be |needs to be |has been )*(?:disabled|required|enabled"
            r"|turned (?:on|off)|not (?:available|supported))"
        ),
        r"(?:requires?|needs?|without) java ?script",
        r"java ?script (?:aktivieren|ist (?:deaktiviert|erforderlich)|wird benötigt)",
        r"aktivieren sie java ?script", r"(?:activez|activer) java ?script",
        r"java ?script est (?:désactivé|requis|nécessaire)",
        r"(?:activ[ae]r?|habilit[ae]r?|ativ[ae]r?) (?:el |o )?java ?script",
        r"(?:abilit[ai]|attiv[ai])(?:re)? java ?script", r"schakel java ?script in",
        r"java ?script (?:inschakelen|is vereist|is uitgeschakeld)",
    ),
)  # fmt: skip

CONSENT = Words(
    titles=_any(
        r"before you (?:continue|go on|proceed).{0,30}",
        r"(?:we (?:value|care about|respect) )?your privacy(?: choices| matters| settings)?.{0,20}",
        (
            r"(?:privacy|cookie|consent|data protection)[ -]?(?:&|and)?[ -]?(?:cookie|consent|settings"
            r"|choices|notice|preferences|management|einstellungen)+.{0,12}"
        ),
        r"bevor (?:sie|du) .{0,30}(?:fortf|weiter|gehen|gehst).{0,12}",
        r"(?:wir (?:schätzen|respektieren) )?(?:ihre|deine) privatsphäre.{0,20}", r"avant (?:de|d['’]).{3,40}",
        r"(?:le )?respect de votre vie privée.{0,30}", r"votre vie privée.{0,30}",
        r"antes de (?:continuar|ir|seguir).{0,30}", r"(?:valoramos|respetamos) (?:tu|su) privacidad",
        r"(?:a )?sua privacidade.{0,20}", r"prima di continuare.{0,30}|la (?:tua|vostra) privacy.{0,30}",
        r"voordat (?:je|u) .{3,30}|(?:jouw|uw|je) privacy.{0,20}",
    ),
    phrases=_any(
        r"\bwe (?:and|&) (?:our|selected|third)\b.{0,30}partners",
        r"\bwe (?:and .{3,40} )?use (?:our |these |essential |some |technical )?(?:cookies|trackers)",
        r"\b(?:our|us and our) (?:\d+ )?partners\b.{0,60}(?:cookies|data|device)",
        r"(?:store|access) (?:and/or access )?information on (?:a|your) device",
        r"wir (?:und unsere|verwenden|nutzen|setzen)\b.{0,40}(?:partner|cookies)",
        r"nous (?:et nos|utilisons)\b.{0,40}(?:partenaires|cookies|traceurs)",
        r"(?:nosotros y nuestros|nós e (?:os )?nossos)\b.{0,30}(?:socios|parceiros)",
        r"\b(?:utilizamos|usamos)\b.{0,30}cookies",
        r"(?:noi e i nostri\b.{0,30}partner|\b(?:utilizziamo|usiamo)\b.{0,30}cookie)",
        r"(?:wij|we) (?:en onze|gebruiken)\b.{0,40}(?:partners|cookies)",
    ),
)  # fmt: skip

CONSENT_TALK = _any(
    r"cookies?\b", r"consent", r"zustimm", r"einwillig", r"consenti?ment", r"consentimiento", r"consenso",
    r"consentimento", r"toestemming", r"partner|partenaires|socios|parceiros", r"privacy", r"privat",
    r"vie privée", r"datenschutz", r"(?:personal|personenbezogene|your) dat[ae]n?", r"données",
    r"advertis|\bads\b|werbung|publicit|pubblicit|advertent",
    (
        r"\b(?:accept|reject|manage|akzeptieren|ablehnen|accepter|refuser|aceptar|rechazar|accetta"
        r"|rifiuta|aceitar|rejeitar|accepteren|weigeren)\b"
    ),
    r"legitimate interest|measure|analytics|device",
)  # fmt: skip

ACCEPT = _any(
    r"(?:i )?(?:accept|agree|allow)(?: (?:all|cookies|and|&|to) ?.{0,20})?",
    r"(?:yes,? )?(?:i )?(?:consent|agree)", r"(?:reject|decline|refuse) all.{0,12}", r"got it",
    r"manage (?:settings|options|preferences|choices)",
    r"(?:alle(?:s)? )?(?:cookies )?(?:akzeptieren|annehmen|zustimmen|ablehnen|erlauben).{0,20}", r"einverstanden",
    r"(?:tout )?(?:accepter|refuser|autoriser).{0,25}", r"j['’]accepte",
    r"(?:aceptar|rechazar|permitir)(?: tod[oa]s?)?.{0,20}|acepto",
    r"(?:accetta|rifiuta|consenti)(?: tutt[oi])?.{0,20}|accetto",
    r"(?:aceitar|rejeitar|permitir)(?: tud[oa]s?| todos)?.{0,20}", r"aceito",
    r"(?:alle(?:s)? )?(?:cookies )?(?:accepteren|weigeren|toestaan).{0,20}", r"akkoord",
)  # fmt: skip

_JOIN = (
    r"(?:subscribe|sign ?up|register|log ?in|sign ?in|upgrade|join|create an? (?:free )?account"
    r"|start (?:your|a) (?:free )?trial|become an? (?:paid )?(?:member|subscriber))"
)
_PIECE = r"(?:article|story|post|piece|text|report|interview|review|column|newsletter|content|coverage)"
_REST = (
    rf"(?:(?:read|unlock|get|see) (?:this|(?:the )?(?:rest of (?:this|the)|full|entire|whole|complete)) {_PIECE}"
    rf"|read (?:the rest|this in full)|(?:continue|keep|finish|go on) reading)"
)
_LEAD = r"(?:(?:please|sorry|now|want more|you (?:need|have) to|one must|bitte|merci de|veuillez|por favor)[,?]? )?"
PAYWALL = _any(
    rf"{_LEAD}{_JOIN}\b.{{0,50}}\bto {_REST}\b(?! (?:about|more|our|stories|articles|with|letters|and get access))",
    rf"(?:want )?to {_REST}\b.{{0,50}}\b{_JOIN}\b", r"want to (?:keep|continue|finish) reading",
    r"(?:keep|continue) reading with (?:a|your) .{0,20}(?:trial|subscription|membership|account)",
    (
        r"this (?:article|story|post|content|page|piece|newsletter|edition) is (?:only |available |reserved "
        r"|exclusive(?:ly)? |just |free )*(?:for|to) (?:our |\w+ )?(?:subscribers|members|premium)"
    ),
    (
        r"the (?:rest|remainder) of (?:this|the) (?:article|story|post|piece).{0,20}(?:for|to) (?:our |\w+ )?"
        r"(?:subscribers|members)"
    ),
    (
        r"you(?:['’]ve| have) (?:reached|read|used|hit)\b.{0,40}(?:free (?:articles?|stories)"
        r"|(?:article|monthly|free) limit)"
    ),
    r"(?:a )?(?:subscribers?|members?)[ -]only (?:article|content|story|post)",
    (
        r"(?:dies(?:er|en)|der (?:ganze|vollständige)) (?:artikel|inhalt|text|beitrag)\b.{0,20}"
        r"\b(?:nur|exklusiv|ausschließlich)\b.{0,30}(?:abonn|abo\b|mitglied|premium|plus)"
    ),
    r"(?:artikel )?(?:nur|exklusiv) für (?:abonnent|mitglieder|plus)", r"weiter ?lesen (?:mit|als)\b",
    r"(?:jetzt|sofort) (?:(?:kostenlos |gratis )?(?:registrieren|anmelden|abonnieren) und )?weiter ?lesen",
    r"thank you for your patience while we verify",
    r"um (?:den|diesen) (?:ganzen |vollständigen )?(?:artikel|text|beitrag) (?:weiter ?)?zu ?lesen",
    r"(?:(?:cet |l['’])?article|(?:ce )?contenu|(?:ce )?texte) (?:est )?(?:réservé|exclusi).{0,25}abonné",
    r"il vous reste .{1,8}% de (?:cet article|ce)", r"la suite (?:de cet article )?est réservée",
    r"(?:abonnez-vous|connectez-vous|inscrivez-vous)\b.{0,30}pour (?:lire|continuer|poursuivre|découvrir)",
    r"pour (?:lire la suite|(?:continuer|poursuivre) (?:la|votre|à) lecture)\b",
    (
        r"(?:est[ea] )?(?:artículo|contenido|noticia|nota)\b.{0,15}(?:exclusiv[oa]|solo|sólo|reservad[oa])\b"
        r".{0,20}(?:suscri|soci|abonad)"
    ),
    r"(?:suscríbe(?:te|se)|regístra(?:te|se)|inicia sesión)\b.{0,30}para (?:seguir|continuar|leer)",
    r"para (?:seguir|continuar) leyendo",
    (
        r"(?:quest[oa] )?(?:articolo|contenuto|testo)\b.{0,15}(?:riservat[oa]|esclusiv[oa]|solo|soltanto)\b"
        r".{0,20}(?:abbonat|iscritt)"
    ),
    r"(?:abbonati|registrati|accedi)\b.{0,30}per (?:continuare|leggere|proseguire)", r"per continuare a leggere",
    (
        r"(?:est[ea] |ess[ea] )?(?:conteúdo|artigo|matéria|texto|notícia|reportagem)\b.{0,15}"
        r"(?:exclusiv[oa]|só|reservad[oa]|apenas|somente)\b.{0,20}(?:assinante|subscritor|membro)"
    ),
    r"(?:assine|registe-se|cadastre-se|faça login)\b.{0,30}para (?:continuar|ler)",
    r"para continuar (?:lendo|a ler)",
    r"(?:dit |deze )?(?:artikel|verhaal|inhoud)\b.{0,15}(?:alleen|exclusief|enkel|uitsluitend).{0,20}(?:abonnee|leden)",
    (
        r"(?:abonneer|word (?:nu )?(?:lid|abonnee)|log in|registreer|neem een abonnement)\b.{0,40}"
        r"(?:verder|dit|het hele|het volledige)\b.{0,12}lezen"
    ),
    r"om (?:dit artikel|verder) te lezen",
)  # fmt: skip
"""How a sentence begins that says the rest is not there. To be matched at its start, so that talk of it is none."""
