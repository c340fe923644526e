const LEAST = 1 << 14;
/** Up to this length a loop is faster than a call into the engine. */
const SHORT = 48;
const DIGITS = 16;
const FAR = 1e9;
const [ZERO, MINUS, POINT] = [48, 45, 46];

/** Bytes that grow at the end. What is written is kept once, in one piece, and the pieces written can be forgotten. */
export class ByteBuffer {
  #bytes = Buffer.allocUnsafeSlow(LEAST);
  length = 0;

  /** What was written so far; good until more is written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Writes text of which each character is a byte. */
  text(value: string): void {
    const { length } = value;
    this.#reserve(length);
    if (length > SHORT) this.#bytes.write(value, this.length, 'latin1');
    else for (let i = 0; i < length; i++) this.#bytes[this.length + i] = value.charCodeAt(i);
    this.length += length;
  }

  /** Writes a number with at most two decimals, as `number` of `syntax.ts` spells it. */
  number(value: number): void {
    let hundredths = Math.round(value * 100);
    if (!(Math.abs(hundredths) < FAR)) throw new Error(`${value} is no place on a page`);
    this.#reserve(DIGITS);
    const bytes = this.#bytes;
    if (hundredths < 0) {
      bytes[this.length++] = MINUS;
      hundredths = -hundredths;
    }
    const whole = Math.floor(hundredths / 100);
    let unit = 1;
    while (unit * 10 <= whole) unit *= 10;
    for (; unit >= 1; unit /= 10) bytes[this.length++] = ZERO + (Math.floor(whole / unit) % 10);
    const rest = hundredths - whole * 100;
    if (rest === 0) return;
    bytes[this.length++] = POINT;
    bytes[this.length++] = ZERO + Math.floor(rest / 10);
    if (rest % 10 > 0) bytes[this.length++] = ZERO + (rest % 10);
  }

  data(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.length + more));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}
