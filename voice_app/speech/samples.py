"""A sentence to hear a voice by, and how fast it speaks here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from voice_app.model import SpeakRequest, Voice, primary

if TYPE_CHECKING:
    from voice_app.speech.engine import Engine

SENTENCES = {
    "en": "The morning train leaves at seven, and the platform is already full.",
    "de": "Der Morgenzug fährt um sieben, und der Bahnsteig ist schon voll.",
    "fr": "Le train du matin part à sept heures, et le quai est déjà plein.",
    "es": "El tren de la mañana sale a las siete, y el andén ya está lleno.",
    "it": "Il treno del mattino parte alle sette, e il binario è già pieno.",
    "pt": "O comboio da manhã parte às sete, e o cais já está cheio.",
    "nl": "De ochtendtrein vertrekt om zeven uur, en het perron is al vol.",
    "sv": "Morgontåget går klockan sju, och perrongen är redan full.",
    "da": "Morgentoget kører klokken syv, og perronen er allerede fuld.",
    "no": "Morgentoget går klokken sju, og perrongen er allerede full.",
    "fi": "Aamujuna lähtee seitsemältä, ja laituri on jo täynnä.",
    "pl": "Poranny pociąg odjeżdża o siódmej, a peron jest już pełny.",
    "cs": "Ranní vlak odjíždí v sedm a nástupiště je už plné.",
    "hu": "A reggeli vonat hétkor indul, és a peron már tele van.",
    "ro": "Trenul de dimineață pleacă la șapte, iar peronul este deja plin.",
    "tr": "Sabah treni yedide kalkıyor ve peron şimdiden dolu.",
    "el": "Το πρωινό τρένο φεύγει στις επτά και η αποβάθρα είναι ήδη γεμάτη.",
    "ru": "Утренний поезд отходит в семь, и платформа уже полна.",
    "uk": "Ранковий потяг відходить о сьомій, і платформа вже повна.",
    "ar": "يغادر قطار الصباح في السابعة، والرصيف ممتلئ بالفعل.",
    "he": "רכבת הבוקר יוצאת בשבע, והרציף כבר מלא.",
    "hi": "सुबह की ट्रेन सात बजे चलती है, और प्लेटफ़ॉर्म पहले से भरा है।",
    "zh": "早班火车七点开，站台上已经挤满了人。",
    "ja": "朝の電車は七時に出ます。ホームはもういっぱいです。",
    "ko": "아침 기차는 일곱 시에 떠나고, 승강장은 벌써 사람들로 가득합니다.",
    "vi": "Chuyến tàu sáng khởi hành lúc bảy giờ, và sân ga đã đông người.",
    "id": "Kereta pagi berangkat pukul tujuh, dan peron sudah penuh.",
    "eo": "La matena trajno foriras je la sepa, kaj la kajo jam estas plena.",
}
COUNTING = "1, 2, 3, 4, 5, 6, 7, 8, 9, 10."
"""For languages without a sentence: every voice can read figures in its own."""


def sentence(voice: Voice) -> str:
    """What this voice says of itself."""
    language = primary(voice.language)
    return SENTENCES["en"] if language == "mul" else SENTENCES.get(language, COUNTING)


def request(voice: Voice) -> SpeakRequest:
    return SpeakRequest(text=sentence(voice), language=voice.language, voice=voice.name)


def speed(engine: Engine, voice: Voice) -> float:
    """How many times as fast as real time the engine speaks here, when it is loaded. Raises SpeechError."""
    engine.speak(request(voice))
    began = time.perf_counter()
    speech = engine.speak(request(voice))
    return len(speech.samples) / speech.sample_rate / (time.perf_counter() - began)
