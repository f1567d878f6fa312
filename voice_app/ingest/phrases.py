"""What sites say around an article, in the commonest languages. Each pattern is for a whole line."""

from __future__ import annotations

import re

_NETWORKS = (
    r"facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|telegram|reddit|tumblr|youtube|tiktok|threads|bluesky"
    r"|mastodon|flipboard|pocket|vk|vkontakte|ok\.ru|line|weibo|wechat|xing|messenger|snapchat|e-?mail|google ?\+?|rss"
)
SHARE = re.compile(
    rf"(?:{_NETWORKS})(?:\s*\(\d+\))?|(?:share|tweet|pin|post|email|send|print|copy link|link copied\W*|save|bookmark)"
    rf"|(?:share|save|tweet|post|pin|follow|like|find|join)(?: us| this| it)*(?: (?:article|page|story"
    rf"|post))?(?: (?:on|via|to|by|with)"
    rf"(?: (?:{_NETWORKS}|\w+)){{1,3}})?\s*:?(?:\s*\(opens in new window\).*)?|share:|follow us.{{0,60}}"
    r"|click to (?:share|email|print).{0,80}|like (?:this|loading)\W*|print this page"
    r"|teilen|drucken|merken|weiterempfehlen|per (?:e-?mail|whatsapp) teilen|auf \w+ teilen|folgen sie uns.{0,40}"
    r"|partager(?: .{0,40})?|imprimer|enregistrer|suivez[- ]nous.{0,40}|compartir(?: .{0,40})?|imprimir|guardar"
    r"|síguenos.{0,40}|condividi(?: .{0,40})?|stampa|compartilhe?(?: .{0,40})?|delen|dela|del på .{1,20}"
    r"|udostępnij.{0,30}"
    r"|поделиться.{0,30}|シェア(?:する)?|ツイート|分享(?:到.{0,10})?|bagikan.{0,20}|paylaş",
    re.I,
)
NOTICE = re.compile(
    r"success|this has been added to your .{1,30}|(?:added|removed) (?:to|from) (?:your )?(?:favou?rites|list)"
    r"|loading\W*"
    r"|advertisements?|advertising|sponsored(?: content| links?)?|promoted|ad|skip to (?:main "
    r"|the )?(?:content|navigation)"
    r"|skip navigation|jump to .{1,30}|back to top|scroll to top|(?:log|sign) ?(?:in|up|out)|subscribe(?: now| today)?"
    r"|accept(?: all)?(?: cookies)?|reject(?: all)?|cookie (?:settings|policy|preferences)|manage (?:cookies"
    r"|preferences|consent)"
    r"|we (?:and our partners )?use cookies.*|(?:this|our) (?:site|website) uses cookies.*|by (?:continuing"
    r"|using) .{0,60}cookies.*"
    r"|all rights reserved.*|(?:©|\(c\) ?\d|copyright\b).*|please enable javascript.*|your browser .{0,60}"
    r"|close(?: menu)?|×"
    r"|(?:book|request|schedule|get|watch|see|start|try) (?:a|an|your|my|our"
    r"|the)? ?(?:free )?(?:\w+ ){0,2}(?:demo|trial|quote|call|consultation"
    r"|session|started(?: for free| today| now)?|tour|in touch)|(?:learn|read|show|see|view|load"
    r"|find out) (?:more|less|all)(?: .{0,30})?"
    r"|contact (?:us|me|sales)(?: .{0,30})?|apply now|buy now|shop now|order now|download now|donate now"
    r"|add to cart|back to .{1,20}"
    r"|(?:search|browse) .{1,25}|search for:?|newsletter sign-?up|(?:toggle|open|close|show|hide"
    r"|mobile) .{0,20}(?:menu|navigation|search)"
    r"|article continues below.{0,60}|(?:already have|create|don['’]t have) an account\??.{0,20}"
    r"|forgot (?:your )?password\??|become a (?:patron|member)"
    r"|powered by .{1,30}|(?:enter )?(?:your )?e-?mail(?: address)?\*?:?|(?:first|last|your)? ?name\*?|submit"
    r"|send|cancel|next|previous|prev|table of contents|on this page|in this article"
    r"|terms (?:&|and) conditions|do not sell .{1,40}|accessibility(?: statement)?|site ?map|cookie notice"
    r"|all categories"
    r"|(?:sign|log) ?in .{1,30}|(?:home|startseite|accueil|inicio) ?[/|›»>→].{1,120}|follow|following|share this"
    r"|listen to (?:this )?article.{0,20}|open in app|get the app|play video|watch now|enlarge(?: (?:this )?image)?"
    r"|wir verwenden cookies.*|diese (?:web)?seite verwendet cookies.*|alle akzeptieren|akzeptieren|ablehnen|anzeige"
    r"|werbung|zum inhalt springen|zum seitenanfang|nach oben|anmelden|registrieren|abonnieren"
    r"|alle rechte vorbehalten.*"
    r"|nous utilisons des cookies.*|ce site utilise (?:des )?cookies.*|tout accepter|accepter|refuser|publicité"
    r"|aller au contenu.{0,20}|se connecter|s['’]inscrire|s['’]abonner|tous droits réservés.*|haut de page"
    r"|(?:utilizamos|usamos) cookies.*|este sitio (?:web )?utiliza cookies.*|aceptar(?: todo| cookies)?"
    r"|rechazar|publicidad"
    r"|(?:ir|saltar) al contenido.{0,20}|iniciar sesión|registrarse|suscríbete.{0,20}|todos los derechos reservados.*"
    r"|(?:questo sito )?utilizza(?:iamo)? i? ?cookie.*|accetta(?: tutti)?|rifiuta|pubblicità|vai al contenuto.{0,20}"
    r"|accedi|registrati|abbonati|tutti i diritti riservati.*|publicidade|aceitar(?: todos)?|entrar|assine.{0,20}"
    r"|todos os direitos reservados.*|wij gebruiken cookies.*|alle cookies accepteren|advertentie|inloggen"
    r"|annons|reklama"
    r"|iklan|реклама|войти|все права защищены.*|スポンサー(?:ド)?リンク|広告|ログイン|登录|注册|广告|版权所有.*",
    re.I,
)
AFTERWARDS = re.compile(
    r"(?:explore|see|browse|discover|view) (?:other|more|our|related|all) .{0,30}"
    r"|(?:you|readers?) (?:may|might)(?: also)?(?: be interested in| like| enjoy).{0,40}|you['’]ll also like.{0,20}"
    r"|(?:related|recommended|popular|latest|more|most[- ](?:read|popular|viewed)|similar|trending|recent"
    r"|featured|top|further"
    r"|editor['’]?s['’]?)(?: \w+){0,2} (?:articles?|stories|posts?|topics?|news|reading|content|videos?|picks?"
    r"|links|coverage"
    r"|products?|searches|tags)\s*:?"
    r"|further reading\b.{0,60}|recently by .{2,40}|also (?:from|by|on|read)\b.{0,60}|related (?:coverage"
    r"|to this)\b.{0,60}"
    r"|related|recommended(?: for you)?|trending(?: now)?|most (?:read|popular|viewed)|what to read next"
    r"|up next|next up"
    r"|more (?:from|on|in|about|stories|like this)\b.{0,40}|(?:previous|next|older|newer) (?:post|article"
    r"|story|entry).{0,60}"
    r"|join .{0,40}(?:newsletter|events|webinars|community|mailing list).*|about the authors?|around the web"
    r"|from the web"
    r"|sign up (?:for|to) .{1,60}|get (?:the|our) .{0,40}newsletter.*|subscribe to .{1,60}|stay (?:up to date"
    r"|informed|connected).{0,40}"
    r"|privacy (?:policy|notice).*|terms (?:of|and|&) .{1,20}|filed under:?.{0,80}|tags?:.{0,120}|categor(?:y"
    r"|ies):?.{0,80}|post navigation"
    r"|(?:das könnte (?:sie|dich) auch interessieren|mehr zum thema|ähnliche (?:artikel|beiträge)"
    r"|verwandte (?:artikel|themen)"
    r"|weitere (?:artikel|themen|nachrichten|meldungen)|meistgelesen.*|auch interessant|lesen sie auch.{0,80}"
    r"|zur startseite"
    r"|datenschutz(?:erklärung)?|impressum|agb|schlagwörter:?.{0,80})"
    r"|(?:à lire (?:aussi|également).{0,80}|sur le même (?:sujet|thème)|articles (?:similaires|liés|associés|récents)"
    r"|lire aussi.{0,80}|voir aussi|les plus lus|mentions légales|politique de confidentialité"
    r"|vous aimerez aussi.{0,20})"
    r"|(?:te puede interesar|también te puede (?:gustar|interesar)|noticias relacionadas|artículos relacionados"
    r"|más (?:noticias|información|leídas?)|lo más (?:leído|visto)|lea también.{0,80}|política de privacidad"
    r"|aviso legal)"
    r"|(?:leggi anche.{0,80}|articoli correlati|potrebbe interessarti.{0,20}|i più letti|note legali)"
    r"|(?:leia (?:também|mais).{0,80}|artigos relacionados|notícias relacionadas|mais lidas"
    r"|você também pode gostar.{0,20})"
    r"|(?:lees ook.{0,80}|gerelateerde (?:artikelen|berichten)|meest gelezen|privacyverklaring|läs (?:också"
    r"|även).{0,80}"
    r"|relaterade artiklar|czytaj (?:też|także|również).{0,80}|powiązane artykuły|polityka prywatności"
    r"|читайте также.{0,80}|похожие (?:статьи|записи|материалы)|по теме|artikel terkait|baca juga.{0,80}"
    r"|ilgili haberler"
    r"|関連記事|おすすめ(?:の)?記事|新着記事|人気記事.{0,6}|プライバシーポリシー|サイトマップ|相关(?:文章|阅读|新闻)|推荐阅读|上一篇.{0,60}|下一篇.{0,60}|隐私政策)",
    re.I,
)
COMMENTS = re.compile(
    r"(?:\d[\d.,]* )?(?:comments?|responses?|replies|thoughts?)(?: ?\(\d+\))?(?: (?:on|to) .{1,200})?"
    r"|(?:leave|post|add|write) (?:a|your) (?:comment|reply|response).{0,60}|join the (?:conversation"
    r"|discussion).{0,40}"
    r"|(?:show|view|read|load|see)(?: \w+)? comments?.{0,20}|comments are (?:closed|off).{0,40}"
    r"|be the first to comment.{0,20}"
    r"|(?:\d+ )?kommentare?(?: ?\(\d+\))?|kommentar (?:schreiben|hinterlassen|verfassen)"
    r"|schreibe? einen kommentar.{0,20}"
    r"|(?:\d+ )?commentaires?(?: ?\(\d+\))?|laisser un commentaire.{0,20}|réagir|(?:\d+ )?comentarios?(?: ?\(\d+\))?"
    r"|deja (?:un comentario|una respuesta).{0,20}|(?:\d+ )?commenti(?: ?\(\d+\))?|lascia un commento.{0,20}"
    r"|(?:\d+ )?comentários?(?: ?\(\d+\))?|deixe (?:um comentário|uma resposta).{0,20}|(?:\d+ )?reacties"
    r"|geef een reactie.{0,20}"
    r"|(?:\d+ )?kommentarer?|lämna ett svar.{0,20}|(?:\d+ )?komentarz[ey]?|dodaj komentarz"
    r"|(?:\d+ )?комментари[ийяев]+.{0,20}"
    r"|добавить комментарий|コメント(?:を(?:残す|書く))?.{0,6}"
    r"|发表评论|评论.{0,6}|tinggalkan balasan.{0,20}|yorumlar?.{0,10}",
    re.I,
)
REMARKS_BEGIN = re.compile(
    r"\d[\d.,]* (?:comments?|responses?|replies|thoughts?) (?:on|to)\b.{1,200}|(?:leave|post|add|write) (?:a"
    r"|your) (?:comment|reply).{0,60}"
    r"|.{2,60} (?:on .{4,40} at .{4,12} )?(?:said|says|wrote|sagt|schrieb|dit|dijo|disse)\s?:"
    r"|schreibe? einen kommentar.{0,20}"
    r"|laisser un commentaire.{0,20}|deja (?:un comentario|una respuesta).{0,20}|lascia un commento.{0,20}"
    r"|be the first to comment.{0,20}"
    r"|deixe (?:um comentário|uma resposta).{0,20}|geef een reactie.{0,20}|добавить комментарий",
    re.I,
)
COOKIES = re.compile(r"\bcookies?\b", re.I)
BYLINE = re.compile(
    r"(?:by|written by|words by|text by|story by|posted by|author|reviewed by|edited by)\s*:?\s+(?:[^.!?]|\b\w\.){2,80}"
    r"|(?:published|updated|posted|last (?:updated|modified|reviewed)|modified|first published|date)\b\s*(?:on"
    r"|at|:)?\s*[^.!?]{0,60}\d[^!?]{0,40}"
    r"|\d{1,3}\s?[- ]?min(?:ute)?s?(?: of)? (?:read|lesezeit|de lecture|de lectura|di lettura|leestijd)"
    r"|reading time\b.{0,30}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? .{4,40}\d{4}.{0,30}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:\D{1,4}\d{1,2}[:.]\d{2}.{0,20})?"
    r"|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:\D{1,4}\d{1,2}[:.]\d{2}.{0,20})?|\d+ (?:hours?|minutes?|days?|weeks?"
    r"|months?|years?) ago"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}.{0,40}"
    r"|\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]*\.?,? \d{4}.{0,30}"
    r"|(?:von|veröffentlicht|aktualisiert|stand|par|publié le|mis à jour|por|publicado|actualizado|di"
    r"|pubblicato|aggiornato"
    r"|door|gepubliceerd|af|av)\s*:?\s+[A-ZÀ-Þ0-9][^.!?]{2,60}",
    re.I,
)
CREDIT = re.compile(
    r"\(?(?:photo(?:graph)?s?|image|picture|pic|photo credit|image credit|image source|credit|photo courtesy"
    r"|foto|fotos|bild"
    r"|bildquelle|crédit(?: photo)?|quelle|fuente|fonte)\s*(?:by|:|courtesy of|©)\s*.{2,80}|.{0,60}(?:/"
    r"|\bvia )\s?(?:getty images"
    r"|reuters|afp|ap|dpa|shutterstock|istock|epa|alamy|unsplash)\)?|(?:getty images|shutterstock|reuters"
    r"|istock(?:photo)?|©.{1,60})",
    re.I,
)
_MENU = """
home | forum | forums | community | news | sport | sports | contact | contact us | about | about us | menu
| search | shop | blog
| login | faq | faqs | help | privacy | terms | careers | products | services | register | my
account | cart | resources | events | podcasts | videos | weather | politics | business | opinion |
culture | travel | world | technology | tech | science | health | lifestyle | entertainment | main
menu | navigation | newsletter | newsletters | support | site map | sitemap | archives | archive |
categories | donate | jobs | advertise | press | team | our team | store | categorias | solutions |
pricing | startseite | kontakt | über uns | suche | nachrichten | politik | wirtschaft | kultur |
reise | wissen | gesundheit | panorama | hilfe | accueil | contactez-nous | à propos | rechercher |
recherche | actualités | politique | économie | monde | aide | connexion | inicio | contacto |
quiénes somos | buscar | noticias | política | economía | deportes | cultura | sociedad | ayuda |
opinión | mundo | contatti | chi siamo | cerca | notizie | cronaca | economia | esteri | início |
contato | sobre | notícias | esportes | pesquisar | over ons | zoeken | nieuws | hem | om oss | sök
| nyheter | forside | om os | søg | strona główna | o nas | szukaj | aktualności | главная | о нас |
контакты | поиск | новости | спорт | beranda | tentang kami | kontak | cari | daftar | masuk |
anasayfa | hakkımızda | iletişim | ホーム | お問い合わせ | 検索
| カテゴリー | カテゴリ | ニュース | 首页 | 关于我们 | 联系我们 | 搜索 |
新闻
"""
MENU_WORDS = frozenset(" ".join(_MENU.split()).split(" | "))
COUNTED = re.compile(r"[^.!?]{2,50} \(\d{1,5}\)|(?:[^›»>]{1,40} [›»>] ?)+[^›»>]{0,80}")
