"""What is said about an article's structure, in the article's own language.

A language that is not here has no phrases: its articles are read without a foreign word in them, and what would only
be mentioned is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Counted = tuple[str, str]
"""What stands for one, and for any other number, which is {n}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """`heading` has {n} for its level. `kinds` are counted, by the names of `model.BlockKind`.

    `names` say what one piece is, before its words or its label. `signs` are the signs of code.
    """

    language: str
    disclosure: str
    heading: str
    list_: Counted
    list_end: str
    quote: str
    quote_end: str
    sidebar: str
    sidebar_end: str
    sidebar_parts: Counted
    code_end: str
    rows: Counted
    columns: Counted
    lines: Counted
    caption: str
    link: str
    not_read: str
    everything: str
    all_except: str
    and_: str
    around: str
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Counted] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)


def counted(phrase: Counted, number: int) -> str:
    return phrase[number != 1].format(n=number)


def _signs(words: str) -> dict[str, str]:
    """The words, parted by commas, in the order of these signs."""
    signs = ("==", "!=", "<=", ">=", "+=", "->", "=>", "&&", "||", "=", "<", ">", "+", "*", "/", "%", "@", "$")
    return dict(zip(signs, (word.strip() for word in words.split(",")), strict=True))


ENGLISH = Phrases(
    language="en",
    disclosure="This article is read by a synthetic voice.",
    heading="Heading level {n}.",
    list_=("List of one item.", "List of {n} items."),
    list_end="End of list.",
    quote="Quote.",
    quote_end="End of quote.",
    sidebar="Sidebar.",
    sidebar_end="End of sidebar.",
    sidebar_parts=("Sidebar with one paragraph", "Sidebar with {n} paragraphs"),
    code_end="End of code.",
    rows=("{n} row", "{n} rows"),
    columns=("{n} column", "{n} columns"),
    lines=("{n} line", "{n} lines"),
    caption="Caption",
    link="link",
    not_read="{what}, not read out.",
    everything="Everything in the article was read.",
    all_except="Everything was read except {what}.",
    and_="and",
    around="what surrounds the article on its page",
    names={"table": "Table", "figure": "Image", "code": "Code example", "note": "Footnote", "quote": "Quote"},
    kinds={
        "heading": ("{n} heading", "{n} headings"),
        "paragraph": ("{n} paragraph", "{n} paragraphs"),
        "item": ("{n} list item", "{n} list items"),
        "quote": ("{n} quote", "{n} quotes"),
        "code": ("{n} code example", "{n} code examples"),
        "table": ("{n} table", "{n} tables"),
        "figure": ("{n} image", "{n} images"),
        "note": ("{n} footnote", "{n} footnotes"),
    },
    signs=_signs(
        "is equal to, is not equal to, is at most, is at least, plus equals, to, to, and, or, equals, is less than,"
        "is greater than, plus, times, divided by, percent, at, dollar"
    ),
)
GERMAN = Phrases(
    language="de",
    disclosure="Diesen Artikel liest eine künstliche Stimme.",
    heading="Überschrift der Ebene {n}.",
    list_=("Liste mit einem Punkt.", "Liste mit {n} Punkten."),
    list_end="Ende der Liste.",
    quote="Zitat.",
    quote_end="Ende des Zitats.",
    sidebar="Kasten.",
    sidebar_end="Ende des Kastens.",
    sidebar_parts=("Kasten mit einem Absatz", "Kasten mit {n} Absätzen"),
    code_end="Ende des Codes.",
    rows=("eine Zeile", "{n} Zeilen"),
    columns=("eine Spalte", "{n} Spalten"),
    lines=("eine Zeile", "{n} Zeilen"),
    caption="Bildunterschrift",
    link="Link",
    not_read="{what}, nicht vorgelesen.",
    everything="Der ganze Artikel wurde vorgelesen.",
    all_except="Nicht vorgelesen wurden: {what}.",
    and_="und",
    around="was auf der Seite um den Artikel herum steht",
    names={"table": "Tabelle", "figure": "Bild", "code": "Codebeispiel", "note": "Fußnote", "quote": "Zitat"},
    kinds={
        "heading": ("eine Überschrift", "{n} Überschriften"),
        "paragraph": ("ein Absatz", "{n} Absätze"),
        "item": ("ein Listenpunkt", "{n} Listenpunkte"),
        "quote": ("ein Zitat", "{n} Zitate"),
        "code": ("ein Codebeispiel", "{n} Codebeispiele"),
        "table": ("eine Tabelle", "{n} Tabellen"),
        "figure": ("ein Bild", "{n} Bilder"),
        "note": ("eine Fußnote", "{n} Fußnoten"),
    },
    signs=_signs(
        "ist gleich, ist ungleich, ist höchstens, ist mindestens, plus gleich, zu, zu, und, oder, gleich, kleiner als,"
        "größer als, plus, mal, durch, Prozent, at, Dollar"
    ),
)
FRENCH = Phrases(
    language="fr",
    disclosure="Cet article est lu par une voix de synthèse.",
    heading="Titre de niveau {n}.",
    list_=("Liste d’un élément.", "Liste de {n} éléments."),
    list_end="Fin de la liste.",
    quote="Citation.",
    quote_end="Fin de la citation.",
    sidebar="Encadré.",
    sidebar_end="Fin de l’encadré.",
    sidebar_parts=("Encadré d’un paragraphe", "Encadré de {n} paragraphes"),
    code_end="Fin du code.",
    rows=("une ligne", "{n} lignes"),
    columns=("une colonne", "{n} colonnes"),
    lines=("une ligne", "{n} lignes"),
    caption="Légende",
    link="lien",
    not_read="{what}, sans lecture.",
    everything="Tout l’article a été lu.",
    all_except="Tout a été lu sauf {what}.",
    and_="et",
    around="ce qui entoure l’article sur sa page",
    names={"table": "Tableau", "figure": "Image", "code": "Exemple de code", "note": "Note", "quote": "Citation"},
    kinds={
        "heading": ("un titre", "{n} titres"),
        "paragraph": ("un paragraphe", "{n} paragraphes"),
        "item": ("un élément de liste", "{n} éléments de liste"),
        "quote": ("une citation", "{n} citations"),
        "code": ("un exemple de code", "{n} exemples de code"),
        "table": ("un tableau", "{n} tableaux"),
        "figure": ("une image", "{n} images"),
        "note": ("une note", "{n} notes"),
    },
    signs=_signs(
        "est égal à, est différent de, est au plus, est au moins, plus égale, vers, vers, et, ou, égale, inférieur à,"
        "supérieur à, plus, fois, divisé par, pour cent, arobase, dollar"
    ),
)
SPANISH = Phrases(
    language="es",
    disclosure="Este artículo lo lee una voz sintética.",
    heading="Encabezado de nivel {n}.",
    list_=("Lista de un elemento.", "Lista de {n} elementos."),
    list_end="Fin de la lista.",
    quote="Cita.",
    quote_end="Fin de la cita.",
    sidebar="Recuadro.",
    sidebar_end="Fin del recuadro.",
    sidebar_parts=("Recuadro de un párrafo", "Recuadro de {n} párrafos"),
    code_end="Fin del código.",
    rows=("una fila", "{n} filas"),
    columns=("una columna", "{n} columnas"),
    lines=("una línea", "{n} líneas"),
    caption="Leyenda",
    link="enlace",
    not_read="{what}, sin leer.",
    everything="Se ha leído todo el artículo.",
    all_except="Se ha leído todo excepto {what}.",
    and_="y",
    around="lo que rodea al artículo en su página",
    names={"table": "Tabla", "figure": "Imagen", "code": "Ejemplo de código", "note": "Nota", "quote": "Cita"},
    kinds={
        "heading": ("un encabezado", "{n} encabezados"),
        "paragraph": ("un párrafo", "{n} párrafos"),
        "item": ("un elemento de lista", "{n} elementos de lista"),
        "quote": ("una cita", "{n} citas"),
        "code": ("un ejemplo de código", "{n} ejemplos de código"),
        "table": ("una tabla", "{n} tablas"),
        "figure": ("una imagen", "{n} imágenes"),
        "note": ("una nota", "{n} notas"),
    },
    signs=_signs(
        "es igual a, es distinto de, es como máximo, es como mínimo, más igual, a, a, y, o, igual, menor que,"
        "mayor que, más, por, entre, por ciento, arroba, dólar"
    ),
)
ITALIAN = Phrases(
    language="it",
    disclosure="Questo articolo è letto da una voce sintetica.",
    heading="Titolo di livello {n}.",
    list_=("Elenco di un elemento.", "Elenco di {n} elementi."),
    list_end="Fine dell’elenco.",
    quote="Citazione.",
    quote_end="Fine della citazione.",
    sidebar="Riquadro.",
    sidebar_end="Fine del riquadro.",
    sidebar_parts=("Riquadro di un paragrafo", "Riquadro di {n} paragrafi"),
    code_end="Fine del codice.",
    rows=("una riga", "{n} righe"),
    columns=("una colonna", "{n} colonne"),
    lines=("una riga", "{n} righe"),
    caption="Didascalia",
    link="link",
    not_read="{what}, senza lettura.",
    everything="È stato letto tutto l’articolo.",
    all_except="È stato letto tutto tranne {what}.",
    and_="e",
    around="ciò che circonda l’articolo nella sua pagina",
    names={"table": "Tabella", "figure": "Immagine", "code": "Esempio di codice", "note": "Nota", "quote": "Citazione"},
    kinds={
        "heading": ("un titolo", "{n} titoli"),
        "paragraph": ("un paragrafo", "{n} paragrafi"),
        "item": ("un elemento di elenco", "{n} elementi di elenco"),
        "quote": ("una citazione", "{n} citazioni"),
        "code": ("un esempio di codice", "{n} esempi di codice"),
        "table": ("una tabella", "{n} tabelle"),
        "figure": ("un’immagine", "{n} immagini"),
        "note": ("una nota", "{n} note"),
    },
    signs=_signs(
        "è uguale a, è diverso da, è al massimo, è almeno, più uguale, a, a, e, o, uguale, minore di,"
        "maggiore di, più, per, diviso, per cento, chiocciola, dollaro"
    ),
)
PORTUGUESE = Phrases(
    language="pt",
    disclosure="Este artigo é lido por uma voz sintética.",
    heading="Título de nível {n}.",
    list_=("Lista de um item.", "Lista de {n} itens."),
    list_end="Fim da lista.",
    quote="Citação.",
    quote_end="Fim da citação.",
    sidebar="Caixa.",
    sidebar_end="Fim da caixa.",
    sidebar_parts=("Caixa com um parágrafo", "Caixa com {n} parágrafos"),
    code_end="Fim do código.",
    rows=("uma linha", "{n} linhas"),
    columns=("uma coluna", "{n} colunas"),
    lines=("uma linha", "{n} linhas"),
    caption="Legenda",
    link="link",
    not_read="{what}, sem leitura.",
    everything="Todo o artigo foi lido.",
    all_except="Tudo foi lido exceto {what}.",
    and_="e",
    around="o que rodeia o artigo na sua página",
    names={"table": "Tabela", "figure": "Imagem", "code": "Exemplo de código", "note": "Nota", "quote": "Citação"},
    kinds={
        "heading": ("um título", "{n} títulos"),
        "paragraph": ("um parágrafo", "{n} parágrafos"),
        "item": ("um item de lista", "{n} itens de lista"),
        "quote": ("uma citação", "{n} citações"),
        "code": ("um exemplo de código", "{n} exemplos de código"),
        "table": ("uma tabela", "{n} tabelas"),
        "figure": ("uma imagem", "{n} imagens"),
        "note": ("uma nota", "{n} notas"),
    },
    signs=_signs(
        "é igual a, é diferente de, é no máximo, é no mínimo, mais igual, para, para, e, ou, igual, menor que,"
        "maior que, mais, vezes, dividido por, por cento, arroba, dólar"
    ),
)
DUTCH = Phrases(
    language="nl",
    disclosure="Dit artikel wordt voorgelezen door een kunstmatige stem.",
    heading="Kop van niveau {n}.",
    list_=("Lijst met één punt.", "Lijst met {n} punten."),
    list_end="Einde van de lijst.",
    quote="Citaat.",
    quote_end="Einde van het citaat.",
    sidebar="Kader.",
    sidebar_end="Einde van het kader.",
    sidebar_parts=("Kader met één alinea", "Kader met {n} alinea’s"),
    code_end="Einde van de code.",
    rows=("één rij", "{n} rijen"),
    columns=("één kolom", "{n} kolommen"),
    lines=("één regel", "{n} regels"),
    caption="Bijschrift",
    link="link",
    not_read="{what}, niet voorgelezen.",
    everything="Het hele artikel is voorgelezen.",
    all_except="Alles is voorgelezen behalve {what}.",
    and_="en",
    around="wat op de pagina om het artikel heen staat",
    names={"table": "Tabel", "figure": "Afbeelding", "code": "Codevoorbeeld", "note": "Voetnoot", "quote": "Citaat"},
    kinds={
        "heading": ("één kop", "{n} koppen"),
        "paragraph": ("één alinea", "{n} alinea’s"),
        "item": ("één lijstpunt", "{n} lijstpunten"),
        "quote": ("één citaat", "{n} citaten"),
        "code": ("één codevoorbeeld", "{n} codevoorbeelden"),
        "table": ("één tabel", "{n} tabellen"),
        "figure": ("één afbeelding", "{n} afbeeldingen"),
        "note": ("één voetnoot", "{n} voetnoten"),
    },
    signs=_signs(
        "is gelijk aan, is ongelijk aan, is hoogstens, is minstens, plus is, naar, naar, en, of, is, kleiner dan,"
        "groter dan, plus, maal, gedeeld door, procent, apenstaartje, dollar"
    ),
)
_KNOWN = {known.language: known for known in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH)}


def phrases(language: str) -> Phrases | None:
    """The phrases of a language tag, such as "de-AT"; None when there are none."""
    return _KNOWN.get(language.split("-")[0].lower())
