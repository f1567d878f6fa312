"""Pages that stand in place of an article, and articles that could be taken for one."""

from __future__ import annotations

from voice_app.ingest.web.refusals import Wall

MENU = (
    "<header><a href='/'>The Courier</a><nav><ul><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li>"
    "<li><a href='/login'>Log in</a></li><li><a href='/subscribe'>Subscribe</a></li></ul></nav></header>"
)
FOOTER = "<footer><p>© The Courier. All rights reserved.</p><a href='/privacy'>Privacy</a></footer>"
BANNER = (
    "<div class='cookie-banner' role='dialog'><p>We use cookies and similar techniques to make this site work and to "
    "show you ads. We and our 214 partners store and access information on your device.</p>"
    "<button>Accept all</button><button>Reject all</button></div>"
)
NEWSLETTER = (
    "<section class='newsletter'><h2>Our letter</h2><p>Sign up and get the best stories every Friday.</p>"
    "<form><input type='email'><button>Subscribe</button></form></section>"
)
LOGIN_BOX = "<form class='login'><input name='user'><input type='password' name='pw'><button>Sign in</button></form>"
SCRIPT = "<script src='/app.js'></script>"
ENGLISH = (
    "The ferry to the island leaves at seven, long before most of the town is awake, and comes back after dark.",
    "Its captain has made the crossing for thirty years and knows every rock by the sound of the water around it.",
    "On a clear morning the far shore looks close enough to touch, but the current makes the trip an hour long.",
    "In winter the boat carries post, bread and the only teacher the island has left since the school was halved.",
    "Nobody has yet said what will become of the route once the new bridge is built and the subsidy comes to an end.",
    "The council will vote on it in the spring, and until then the timetable on the quay stays as it has always been.",
)
GERMAN = (
    "Die Fähre zur Insel legt um sieben ab, lange bevor die Stadt erwacht, und kommt erst im Dunkeln zurück.",
    "Der Kapitän fährt die Strecke seit dreißig Jahren und kennt jeden Felsen am Klang des Wassers ringsum.",
    "Im Winter bringt das Boot Post, Brot und die einzige Lehrerin, die der Insel noch geblieben ist.",
)
FRENCH = (
    "Le bac pour l'île part à sept heures, bien avant que la ville ne se réveille, et revient à la nuit tombée.",
    "Son capitaine fait la traversée depuis trente ans et connaît chaque rocher au bruit de l'eau.",
    "En hiver, le bateau apporte le courrier, le pain et la seule institutrice qui reste sur l'île.",
)


def prose(*sentences: str, times: int = 1) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in (sentences or ENGLISH) * times)


def page(title: str, body: str, *, head: str = "", around: bool = False, language: str = "en") -> str:
    inner = f"{MENU}<main>{body}</main>{FOOTER}" if around else body
    return (
        f"<!doctype html><html lang='{language}'><head><title>{title}</title>{head}</head><body>{inner}</body></html>"
    )


def facts(*, free: bool, words: int | None = None) -> str:
    count = f', "wordCount": {words}' if words else ""
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
        f'"headline": "The ferry", "isAccessibleForFree": {"true" if free else "false"}{count}}}</script>'
    )


def teaser(note: str, *sentences: str, head: str = "", language: str = "en") -> str:
    text = prose(*(sentences or ENGLISH[:3]))
    body = f"<article><h1>The ferry</h1>{text}<div class='gate'><p>{note}</p></div></article>"
    return page("The ferry - The Courier", body, head=head, around=True, language=language)


def article(title: str, *paragraphs: str, around: str = "") -> str:
    text = prose(*paragraphs)
    return page(f"{title} - The Courier", f"<article><h1>{title}</h1>{text}</article>{around}", around=True)


CONSENT_TEXT = (
    "We and our 812 partners use cookies and other tools to store and access information on your device, such as your "
    "address and what you look at.",
    "We use your personal data to show personalised ads and content, to measure how well advertising works, and to "
    "learn about those who visit.",
    "You can change your choices at any time under privacy settings or withdraw your consent.",
)

WALLS: dict[str, tuple[Wall, str, str]] = {
    "cloudflare": (Wall.BOT_CHECK, page("Just a moment...", "<h1>courier.example</h1><p>Checking if the site "
        "connection is secure</p><noscript>Enable JavaScript and cookies to continue</noscript>" + SCRIPT), ""),
    "cloudflare-new": (Wall.BOT_CHECK, page("Just a moment...", "<h1>courier.example</h1><p>Verifying you are human. "
        "This may take a few seconds.</p><p>courier.example needs to review the security of your connection before "
        "proceeding.</p><p>Ray ID: 8c1f00aa</p>" + SCRIPT), ""),
    "blocked": (Wall.BOT_CHECK, page("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><h2>You "
        "are unable to access courier.example</h2><p>This website is using a security service to protect itself from "
        "online attacks. The action you just performed triggered it.</p>"), ""),
    "robot": (Wall.BOT_CHECK, page("Are you a robot?", "<h2>Are you a robot?</h2><p>We have detected unusual traffic "
        "from your network. To go on, please complete the captcha below.</p><div class='g-recaptcha'></div>"), ""),
    "press-and-hold": (Wall.BOT_CHECK, page("Access to this page has been denied", "<p>Press &amp; Hold to confirm you "
        "are a human (and not a bot).</p>" + SCRIPT), ""),
    "interruption": (Wall.BOT_CHECK, page("Pardon Our Interruption", "<h1>Pardon Our Interruption</h1><p>As you were "
        "browsing something about your browser made us think you were a bot. To regain access, make sure that cookies "
        "and JavaScript are enabled.</p>"), ""),
    "robot-de": (Wall.BOT_CHECK, page("Einen Moment bitte", "<p>Ihr Browser wird überprüft. Bitte bestätigen Sie, dass "
        "Sie ein Mensch sind.</p>", language="de"), ""),
    "robot-fr": (Wall.BOT_CHECK, page("Vérification de sécurité", "<p>Nous vérifions que vous êtes humain.</p>",
        language="fr"), ""),
    "consent": (Wall.CONSENT, page("Before you continue", "<h1>Before you continue</h1>" + prose(*CONSENT_TEXT)
        + "<button>Accept all</button><button>Manage options</button>"), ""),
    "consent-host": (Wall.CONSENT, page("The Courier", prose(*CONSENT_TEXT) + "<form><button>Agree</button></form>"),
        "https://consent.courier.example/v2/collectConsent?sessionId=1"),
    "consent-de": (Wall.CONSENT, page("Ihre Privatsphäre", "<h1>Bevor Sie weiterlesen</h1><p>Wir und unsere 190 "
        "Partner verwenden Cookies und ähnliche Techniken, um Werbung zu zeigen. Sie können der Verwendung Ihrer Daten "
        "zustimmen oder sie ablehnen.</p><button>Alle akzeptieren</button>", language="de"), ""),
    "consent-fr": (Wall.CONSENT, page("Le Courrier", "<h1>Le respect de votre vie privée est notre "
        "priorité</h1><p>Nous et nos 300 partenaires utilisons des cookies pour stocker des données sur votre appareil "
        "et vous montrer de la publicité.</p><button>Tout accepter</button>", language="fr"), ""),
    "consent-es": (Wall.CONSENT, page("El Correo", "<h1>Antes de continuar</h1><p>Nosotros y nuestros 120 socios "
        "utilizamos cookies para guardar datos en su dispositivo y mostrar publicidad.</p><button>Aceptar "
        "todo</button>",
        language="es"), ""),
    "consent-it": (Wall.CONSENT, page("Il Corriere", "<h1>Prima di continuare</h1><p>Noi e i nostri 90 partner "
        "utilizziamo i cookie per conservare dati sul dispositivo e mostrare pubblicità.</p><button>Accetta tutto"
        "</button>", language="it"), ""),
    "consent-nl": (Wall.CONSENT, page("De Koerier", "<h1>Voordat je verdergaat</h1><p>Wij en onze 80 partners "
        "gebruiken cookies om gegevens op je apparaat op te slaan en advertenties te tonen.</p><button>Alles "
        "accepteren</button>",
        language="nl"), ""),
    "paywall-facts": (Wall.PAYWALL, teaser("There is more.", head=facts(free=False)), ""),
    "paywall-count": (Wall.PAYWALL, teaser("<a href='/offer'>Our offers</a>", *ENGLISH, *ENGLISH,
        head=facts(free=False, words=1200)), ""),
    "paywall-en": (Wall.PAYWALL, teaser("Subscribe to continue reading. Already a subscriber? <a href='/in'>Log "
        "in</a>"),
        ""),
    "paywall-long": (Wall.PAYWALL, teaser("This post is for paid subscribers", *ENGLISH, *ENGLISH, *ENGLISH), ""),
    "paywall-metered": (Wall.PAYWALL, teaser("You have reached your limit of free articles this month."), ""),
    "paywall-register": (Wall.PAYWALL, teaser("To read the rest of this story, create a free account."), ""),
    "paywall-de": (Wall.PAYWALL, teaser("Dieser Artikel ist nur für Abonnenten. Jetzt weiterlesen mit Courier Plus.",
        *GERMAN, language="de"), ""),
    "paywall-fr": (Wall.PAYWALL, teaser("Il vous reste 74.5% de cet article à lire. La suite est réservée aux abonnés.",
        *FRENCH, language="fr"), ""),
    "paywall-es": (Wall.PAYWALL, teaser("Este contenido es exclusivo para suscriptores. Suscríbete para seguir "
        "leyendo."),
        ""),
    "paywall-it": (Wall.PAYWALL, teaser("Questo articolo è riservato agli abbonati. Abbonati per continuare a "
        "leggere."),
        ""),
    "paywall-pt": (Wall.PAYWALL, teaser("Conteúdo exclusivo para assinantes. Assine para continuar lendo."), ""),
    "paywall-nl": (Wall.PAYWALL, teaser("Dit artikel is alleen voor abonnees. Word abonnee om verder te lezen."), ""),
    "login": (Wall.LOGIN, page("Log in - The Courier", "<h1>Log in</h1><form><label>E-mail</label><input name='e'>"
        "<label>Password</label><input type='password'><button>Log in</button></form><p>Forgot your password?</p>"
        "<p>Don't have an account? Sign up.</p>", around=True), "https://courier.example/login?next=/ferry"),
    "login-members": (Wall.LOGIN, page("The ferry - The Courier", "<h1>The ferry</h1><p>You must be logged in to view "
        "this page.</p>", around=True), ""),
    "login-de": (Wall.LOGIN, page("Anmelden", "<h1>Anmelden</h1><form><input type='password'></form><p>Passwort "
        "vergessen?</p>", language="de"), ""),
    "login-fr": (Wall.LOGIN, page("Connexion", "<h1>Connexion</h1><form><input type='password'></form><p>Mot de passe "
        "oublié ?</p>", language="fr"), ""),
    "login-es": (Wall.LOGIN, page("Iniciar sesión", "<h1>Iniciar sesión</h1><form><input "
        "type='password'></form><p>¿Has olvidado tu contraseña?</p>", language="es"), ""),
    "shell": (Wall.SHELL, page("The Courier", "<div id='root'></div><noscript>You need to enable JavaScript to run "
        "this app.</noscript>" + SCRIPT), ""),
    "shell-silent": (Wall.SHELL, page("The ferry", "<div id='__next'></div>" + SCRIPT * 4), ""),
    "shell-loading": (Wall.SHELL, page("The ferry", "<div id='app'><p>Loading</p></div>" + SCRIPT), ""),
    "shell-told": (Wall.SHELL, page("The ferry", "<main><p>This site requires JavaScript. Please enable JavaScript in "
        "your browser and reload.</p></main>" + SCRIPT), ""),
    "shell-de": (Wall.SHELL, page("Der Kurier", "<p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>"
        + SCRIPT, language="de"), ""),
    "not-found": (Wall.ERROR, page("404 Not Found", "<h1>404</h1><p>The page you are looking for could not be "
        "found.</p>"
        "<p>Go back to the homepage.</p>", around=True), ""),
    "not-found-oops": (Wall.ERROR, page("Oops! - The Courier", "<h1>Oops!</h1><p>We can't find the page you asked for. "
        "It may have been moved or deleted. Try a search, or look at what others read today.</p>", around=True), ""),
    "not-found-de": (Wall.ERROR, page("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Die gesuchte Seite "
        "existiert nicht mehr. Zur Startseite</p>", language="de", around=True), ""),
    "not-found-fr": (Wall.ERROR, page("Page introuvable", "<h1>Page introuvable</h1><p>La page que vous cherchez "
        "n'existe plus ou a été déplacée.</p>", language="fr", around=True), ""),
    "not-found-es": (Wall.ERROR, page("Página no encontrada", "<h1>Página no encontrada</h1><p>La página que busca no "
        "existe o ha sido eliminada.</p>", language="es"), ""),
    "not-found-pt": (Wall.ERROR, page("Página não encontrada", "<h1>Erro 404</h1><p>A página que você procura "
        "não existe."
        "</p>", language="pt"), ""),
    "not-found-it": (Wall.ERROR, page("Pagina non trovata", "<h1>Pagina non trovata</h1><p>La pagina cercata "
        "non esiste."
        "</p>", language="it"), ""),
    "not-found-nl": (Wall.ERROR, page("Pagina niet gevonden", "<h1>Pagina niet gevonden</h1><p>Deze pagina bestaat "
        "niet of is verplaatst.</p>", language="nl"), ""),
    "removed": (Wall.ERROR, page("The Courier", "<p>Sorry, this article is no longer available.</p>", around=True), ""),
    "fault": (Wall.ERROR, page("Something went wrong", "<h1>Something went wrong</h1><p>Please try again "
        "later.</p>"), ""),
    "region": (Wall.REGION, page("The Courier", "<h1>451: Unavailable for legal reasons</h1><p>We recognise you are "
        "attempting to access this website from a country belonging to the European Economic Area, including the EU, "
        "and therefore access cannot be granted at this time.</p>"), ""),
    "region-en": (Wall.REGION, page("The ferry", "<p>Sorry, this content is not available in your region.</p>"), ""),
    "region-de": (Wall.REGION, page("Der Kurier", "<p>Dieser Inhalt ist in Ihrem Land leider nicht verfügbar.</p>",
        language="de"), ""),
    "region-fr": (Wall.REGION, page("Le Courrier", "<p>Ce contenu n'est pas disponible dans votre pays.</p>",
        language="fr"), ""),
    "maintenance": (Wall.MAINTENANCE, page("Maintenance", "<h1>We'll be back soon!</h1><p>We are currently performing "
        "scheduled maintenance. Thank you for your patience.</p>"), ""),
    "maintenance-de": (Wall.MAINTENANCE, page("Wartungsarbeiten", "<h1>Wartungsarbeiten</h1><p>Unsere Seite ist wegen "
        "Wartungsarbeiten derzeit nicht erreichbar.</p>", language="de"), ""),
    "maintenance-fr": (Wall.MAINTENANCE, page("Site en maintenance", "<p>Le site est actuellement en maintenance, "
        "merci de revenir plus tard.</p>", language="fr"), ""),
    "no-ai": (Wall.RESERVED, page("The ferry", prose(times=3), head="<meta name='robots' content='index, noai'>"), ""),
    "tdm": (Wall.RESERVED, page("The ferry", prose(times=3), head="<meta name='tdm-reservation' content='1'>"), ""),
    "guard": (Wall.BOT_CHECK, page("Making sure you're not a bot!", "<h1>Making sure you're not a "
        "bot!</h1><p>Loading...</p><p>You are seeing this because the administrator of this website has set up a guard "
        "to protect the server against scraping.</p>" + SCRIPT), ""),
    "really-you": (Wall.BOT_CHECK, page("https://courier.example/ferry", "<p>Our systems have detected unusual traffic "
        "from your computer network. This page checks to see if it's really you sending the requests, and not a robot."
        "</p>"), ""),
    "denied": (Wall.BOT_CHECK, page("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access "
        "this page on this server.</p><p>Reference #18.2f</p>"), ""),
    "consent-or-pay": (Wall.CONSENT, page("Der Kurier", "<h1>Weiterlesen mit Werbung und Cookies</h1><p>Besuchen Sie "
        "uns wie gewohnt mit Werbung. Wir und unsere Partner verarbeiten personenbezogene Daten wie "
        "Cookies.</p><button>Akzeptieren und weiter</button><p>Oder lesen Sie ohne Werbung für 5 Euro im Monat.</p>",
        language="de"), ""),
    "paywall-verify": (Wall.PAYWALL, teaser("Thank you for your patience while we verify access."), ""),
    "paywall-only": (Wall.PAYWALL, page("Subscribe to read | The Courier", "<h1>Subscribe to unlock this "
        "article</h1><p>Try unlimited access. Only 1 crown for 4 weeks, then 69 a month. Cancel at any time.</p>"), ""),
    "paywall-register-de": (Wall.PAYWALL, teaser("Jetzt kostenlos registrieren und weiterlesen.", *GERMAN,
        language="de"), ""),
    "bad-gateway": (Wall.ERROR, page("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx"
        "</center>"), ""),
}  # fmt: skip

BRIEF = (
    "The council has closed the swimming bath for a week, after a pump failed on Sunday and the water turned green.",
    "Those who hold a ticket for the month get a second one, and the school races move to the lake.",
)
ARTICLES: dict[str, str] = {
    "with-everything-around": page("The ferry - The Courier", f"{BANNER}<article><h1>The ferry</h1>{prose(times=3)}"
        f"</article>{NEWSLETTER}{LOGIN_BOX}<noscript>Please enable JavaScript.</noscript>{SCRIPT}", around=True),
    "short-with-banner": page("The bath - The Courier", f"{BANNER}<article><h1>The bath</h1>{prose(*BRIEF)}</article>"
        f"{NEWSLETTER}{LOGIN_BOX}", around=True),
    "short-alone": page("The bath", f"<h1>The bath</h1>{prose(*BRIEF)}"),
    "cookies": article("Why every site asks about cookies",
        "Since the law was changed, websites must ask before they store cookies, and most ask badly.",
        "A notice that says “We and our 812 partners store information on your device” tells nobody anything.",
        "Researchers counted the buttons: on two sites of three, “Accept all” is large and “Reject all” is hidden.",
        "Regulators want consent to be as easy to refuse as to give, and advertisers to measure without cookies.",
        around=BANNER),
    "cookies-short": article("Fine for a cookie notice",
        "A regulator has fined a shop because its cookie notice had no button to refuse. “We use cookies” was all it "
        "said, and personal data went to partners before anybody gave consent.", around=BANNER),
    "cookie-policy": article("How we use cookies", *(
        f"{sentence} We use cookies for purpose number {n}, and you may withdraw your consent."
        for n, sentence in enumerate(ENGLISH * 4, start=1)), around=BANNER),
    "biscuits": article("The best oat cookies", "These cookies need half an hour and one bowl.",
        "Mix the oats with butter and sugar, leave the dough to rest, and bake the cookies until the edges are brown.",
        "We use salted butter and the darkest sugar we can find. They keep for a week in a tin."),
    "captcha": article("Captchas are getting harder",
        "“Verify you are human” is what the page says, and then come the blurred traffic lights.",
        "Machines now solve the captcha below a second, while people with low vision give up after the third picture.",
        "A check that reads “checking your browser” and asks nothing is kinder, but it needs JavaScript and cookies.",
        "Accessibility groups have asked for years that sites stop testing whether visitors are a robot this way."),
    "captcha-brief": article("Are you a robot?",
        "Are you a robot? A museum in the port asks its visitors just that. Its new show is about machines that write, "
        "paint and sing, and about the people who taught them how. It runs until May, and entry is free on Sundays for "
        "all who live in the town."),
    "passwords": article("What makes a good password",
        "A long password of four odd words beats a short one full of signs, and is easier to remember.",
        "Use another one for each site, and let a program keep them. When you log in to read your mail, add a code.",
        "“Forgot your password?” links are the weakest door: whoever reads your mail can open every other account.",
        around=LOGIN_BOX),
    "login-guide": article("How to log in to the library", "To borrow e-books you need a card and a number.",
        "Please sign in with the number on the back of the card, then choose a title and press the borrow button.",
        "The loan ends by itself after three weeks, and nothing has to be brought back. " + ENGLISH[0], ENGLISH[1],
        around=LOGIN_BOX),
    "subscriptions": article("Newspapers count on subscribers",
        "Three of four papers now ask readers to subscribe to continue reading after a few free articles a month.",
        "The editor says that a wall that reads “This article is for subscribers only” loses nine of ten visitors.",
        "Others let people read the first half of every story, in the hope that they will pay to read the rest.",
        ENGLISH[0], ENGLISH[1], "Whether that pays, she says, will be known in a year."),
    "letter-of-a-blog-system": page("The ferry - Ada's blog", f"<article><h1>The ferry</h1>{prose(times=2)}"
        "<p>Discover more from Ada's blog</p><p>Subscribe now to keep reading and get access to the full archive.</p>"
        "<form><input type='email'><button>Subscribe</button></form><p>Continue reading</p></article>"),
    "newsletter-at-the-end": page("The ferry - The Courier", f"<article><h1>The ferry</h1>{prose(times=2)}<p>Subscribe "
        "to our letter to get more stories like this.</p></article>", around=True),
    "members-thanks": page("The ferry - The Courier", f"<article><h1>The ferry</h1>{prose(times=2)}<p>This report was "
        "paid for by our members. Join them if you can.</p></article>", around=True),
    "already-a-subscriber": page("The ferry - The Courier", f"<article><h1>The ferry</h1>{prose(times=2)}</article>"
        "<p>Already a subscriber? <a href='/in'>Log in</a></p>", around=True),
    "full-text-not-free": page("The ferry - The Courier", f"<article><h1>The ferry</h1>{prose(times=5)}</article>",
        head=facts(free=False), around=True),
    "counted-not-free": page("The bath", f"<article><h1>The bath</h1>{prose(*BRIEF)}</article>",
        head=facts(free=False, words=39), around=True),
    "free": page("The bath", f"<article><h1>The bath</h1>{prose(*BRIEF)}</article>", head=facts(free=True),
        around=True),
    "ends-with-dots": page("The ferry", f"<article><h1>The ferry</h1>{prose(*ENGLISH)}<p>And then the fog came…</p>"
        "</article>", around=True),
    "not-found-history": article("Page not found",
        "The most common words on the web are an excuse. “Page not found” was first sent in the early nineties.",
        "Room 404 never existed; the number is just the fifth in the list of things that a client can get wrong.",
        "Some sites made a game of it, some a poem, and one, for a week, a list of children who were missing.",
        "A good error page says what happened and where to go, and does not make the reader feel at fault.",
        "The page you are looking for may be gone, but the one you find instead can still be worth the trip."),
    "error-codes": page("503 - What the codes mean", f"<article><h1>What the codes mean</h1>{prose(*ENGLISH)}<p>Error "
        "503 means that the server is busy.</p></article>", around=True),
    "maintenance-news": article("Bridge closed for maintenance",
        "The bridge over the sound is closed for maintenance until Friday. Cars go by the old road, and the ferry "
        "takes people on foot at no charge. The town says that the joints had to be made new after the frost, and that "
        "the work will be done by night so that the noise troubles nobody by day.", "Buses leave from the market."),
    "region-news": article("Film is not shown everywhere",
        "The film is not available in your region, say the screens of half of Europe tonight. The studio sold the "
        "rights twice, once for the cinema and once for the net, and now two courts must say who may show it, and "
        "where. Fans have written to both, and a few have found a ferry.", "The studio said nothing on Monday."),
    "javascript-course": article("Learn JavaScript in a day",
        "JavaScript must be enabled in the browser, which it is unless somebody turned it off.",
        "Open the console, type a number, and press the key. What comes back is the number, and that is a program.",
        "The next step is to give it a name, and then to ask it for its name, which is where functions begin.",
        around=SCRIPT),
    "poem": page("Fog", "<h1>Fog</h1><p>The harbour is gone. A bell says where it was. I wait, and it comes back.</p>"
        + SCRIPT),
    "just-a-moment": article("Just a moment", *ENGLISH[:3]),
    "privacy-essay": article("Your privacy", *ENGLISH[:4], "We use our neighbours as we use the weather, to "
        "talk about."),
    "sorry": article("Sorry, wrong number", *ENGLISH[:3], around=BANNER),
    "german": page("Die Fähre", f"<article><h1>Die Fähre</h1>{prose(*GERMAN)}</article><p>Jetzt Newsletter "
        "abonnieren!</p>"
        "<div class='cookie'><p>Wir verwenden Cookies.</p><button>Alle akzeptieren</button></div>", language="de"),
    "german-abo": page("Zeitungen", f"<article><h1>Zeitungen</h1>{prose(*GERMAN)}<p>Der Verlag verkauft nun Artikel "
        "nur für Abonnenten. „Jetzt weiterlesen“ steht auf dem Knopf, den nur einer von hundert drückt.</p><p>Im "
        "Herbst soll sich zeigen, ob es reicht, um den Druck am Samstag zu retten.</p></article>", language="de"),
    "french": page("Le bac", f"<article><h1>Le bac</h1>{prose(*FRENCH)}</article><p>Abonnez-vous à notre lettre.</p>",
        language="fr"),
    "robots-open": page("The ferry", prose(times=2), head="<meta name='robots' content='index, noimageai, noarchive'>"
        "<meta name='tdm-reservation' content='0'>"),
    "museum": article("This page is no longer available, says museum", "The museum has taken a page of its oldest book "
        "off the wall. The page has been moved to a dark room, where it will rest for a year.",
        "Visitors can see a copy."),
    "magazine": article("How to subscribe to a magazine by post", "Cut out the card, write your name on it, and put it "
        "in a box. That was how people did it for a hundred years.", "To read the full magazine, join the queue at the "
        "library on Mondays."),
    "we-use-cookies": article("We use cookies to pay our writers", "We use cookies because ads pay for this paper, and "
        "we would like to stop. From May on you can pay three coins a month in place of being watched.", "Our partners "
        "did not like the idea at first. Half of them left, and the other half asked how many readers would go along.",
        "So far it is one of nine, which is more than we had hoped for, and enough to keep the press running.",
        around=BANNER),
    "change-log": page("Changelog 2.1", "<h1>Changelog 2.1</h1><ul><li>Error 404 is now shown with a link to the start "
        "page.</li><li>Users who must log in to view a page are sent there after.</li><li>The site works without "
        "JavaScript.</li><li>Scheduled maintenance is announced two days before.</li></ul>"),
    "help": page("Help", "<h1>Help</h1><h2>I forgot my password</h2><p>Click the link below the form and wait for the "
        "mail, which comes within a minute.</p><h2>The page could not be found</h2><p>We moved all recipes in May; use "
        "the search, or ask us by mail.</p><h2>Why do I have to confirm that I am not a robot?</h2><p>Because somebody "
        "once ordered nine hundred cakes.</p>"),
    "road": article("404", "Route 404 runs from the hills to the beach, and on Fridays half the capital is on it, "
        "bumper to bumper. The state wants to widen it.", "Those who live there do not."),
    "firewood": article("Log in", "A log in the fireplace burns for an hour, two for an evening. Beech is best, ash is "
        "next, and pine spits. Keep it dry for two summers.", "Never burn paint."),
    "trial": article("A free trial of the tram", "You have used the tram for years, and now you can try it for free. "
        "The town gives away ten thousand tickets. To keep riding with a monthly card, sign up at the counter.",
        "The offer ends in May."),
    "new-browser": article("A new browser checks your mail", "The new browser is checking your browser history for "
        "mail addresses, critics say, and makes sure you are a human before it lets you write one.",
        "The maker says that nothing leaves the phone."),
    "wine": article("Wine", "The wine is not available in your country yet, the maker says, but a ship is on its way "
        "with nine hundred boxes. It tastes of plums.", "A bottle costs as much as a bus ticket."),
    "moved": article("The library has moved", "The library has moved to the old mill. The page about its opening hours "
        "has been moved to the town's new site, and the phone number is the old one.",
        "Books can be brought at night."),
    "lift": page("Aufzug", "<article><h1>Wartungsarbeiten</h1><p>Der Aufzug am Hafen ist wegen Wartungsarbeiten bis "
        "Freitag geschlossen. Wer Hilfe braucht, ruft im Rathaus an und wird gefahren.</p></article>", language="de"),
    "fire": article("Something went wrong", "Something went wrong on the night of the fire, and nobody noticed. The "
        "pumps ran dry, and the men stood in the yard with empty hoses.", "It took a year to learn why."),
    "paywall-study": article("Do paywalls work?", "Readers who are told to create a free account to keep reading do so "
        "in one case of nine, a study says.", "The rest go somewhere else, and most of them never come back."),
    "locked-beside": page("The ferry", f"<article><h1>The ferry</h1>{prose(times=2)}</article><section class='related'>"
        "<h2>More</h2><a href='/1'>The bridge</a><p>This article is for subscribers only</p></section>", around=True),
}  # fmt: skip
