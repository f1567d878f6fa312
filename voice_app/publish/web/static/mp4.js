/**
 * MP3 frames in the boxes of a fragmented MP4 file, for browsers that take MP3 in pieces in no other form (Firefox).
 * All frames have the same size and length, so a fragment's table says only how many there are. ISO/IEC 14496-12.
 */

const text = (letters) => [...letters].map((letter) => letter.charCodeAt(0));
const int = (value, bytes = 4) => Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** (bytes - 1 - n)) % 256);
const zeros = (count) => new Array(count).fill(0);
const box = (name, ...parts) => {
  const body = parts.flat();
  return [...int(body.length + 8), ...text(name), ...body];
};
const full = (name, flags, ...parts) => box(name, int(flags), ...parts);
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap((value) => int(value));
const TRACK = int(1);

/** The beginning: one mono track without a sample. */
export function opening({ rate_hz: rate, samples, size }) {
  const entry = box(".mp3", zeros(6), int(1, 2), zeros(8), int(1, 2), int(16, 2), zeros(4), int(rate, 2), zeros(2));
  const table = box(
    "stbl",
    full("stsd", 0, int(1), entry), full("stts", 0, int(0)), full("stsc", 0, int(0)), full("stsz", 0, zeros(8)),
    full("stco", 0, int(0)),
  );
  const media = box(
    "mdia",
    full("mdhd", 0, zeros(8), int(rate), int(0), int(0x55c4, 2), zeros(2)),
    full("hdlr", 0, zeros(4), text("soun"), zeros(12), text("sound"), [0]),
    box("minf", full("smhd", 0, zeros(4)), box("dinf", full("dref", 0, int(1), full("url ", 1))), table),
  );
  const track = box("trak", full("tkhd", 7, zeros(8), TRACK, zeros(4), zeros(16), int(0x100, 2), zeros(2), MATRIX, zeros(8)), media);
  const movie = full("mvhd", 0, zeros(8), int(rate), int(0), int(0x10000), int(0x100, 2), zeros(10), MATRIX, zeros(24), int(2));
  const extends_ = box("mvex", full("trex", 0, TRACK, int(1), int(samples), int(size), int(0)));
  return new Uint8Array([...box("ftyp", text("iso5"), int(1), text("iso5iso6mp41")), ...box("moov", movie, track, extends_)]);
}

/** Frames that begin at a time. */
export function fragment(frames, seconds, { rate_hz: rate, size }) {
  const begin = Math.round(seconds * rate);
  const parts = (offset) =>
    box(
      "moof",
      full("mfhd", 0, int(1)),
      box(
        "traf",
        full("tfhd", 0x020000, TRACK),
        full("tfdt", 0x01000000, int(begin, 8)),
        full("trun", 0x000001, int(frames.length / size), int(offset)),
      ),
    );
  const head = [...parts(parts(0).length + 8), ...int(frames.length + 8), ...text("mdat")];
  const whole = new Uint8Array(head.length + frames.length);
  whole.set(head);
  whole.set(frames, head.length);
  return whole;
}
