import { keepLayout } from '../keep-layout.ts';

/**
 * A decimal with its precision: 1.50 is 150 × 10⁻². Exact for + − ×; quotients are cut at 28
 * significant digits' worth of fraction. http://hl7.org/fhirpath/N1/#decimal
 */
export class Decimal {
  readonly digits: bigint;
  /** Digits behind the point, 0 or more. */
  readonly scale: number;
  constructor(digits: bigint, scale: number) {
    this.digits = digits;
    this.scale = scale;
  }

  /** JSON and FHIRPath number lexemes; undefined for anything else, and beyond 10^±400. */
  static parse(lexeme: string): Decimal | undefined {
    const match = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/.exec(lexeme);
    if (!match || lexeme.length > 5_000) return undefined;
    const [, sign, whole = '', fraction = '', exponent = '0'] = match;
    const shift = Number(exponent);
    if (Math.abs(shift) > 400) return undefined;
    const digits = BigInt(whole + fraction);
    const scale = fraction.length - shift;
    const signed = sign === '-' ? -digits : digits;
    return scale >= 0 ? new Decimal(signed, scale) : new Decimal(signed * 10n ** BigInt(-scale), 0);
  }
  static of(value: number | bigint): Decimal {
    if (typeof value === 'bigint' || Number.isSafeInteger(value)) return new Decimal(BigInt(value), 0);
    return Decimal.parse(String(value)) ?? new Decimal(0n, 0);
  }

  at(scale: number): bigint {
    return scale === this.scale ? this.digits : this.digits * 10n ** BigInt(scale - this.scale);
  }
  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const a = this.at(scale);
    const b = other.at(scale);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }
  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }
  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.scale + other.scale);
  }
  /** Undefined for division by zero. */
  over(other: Decimal): Decimal | undefined {
    if (other.digits === 0n) return undefined;
    const extra = 28;
    const scale = Math.max(this.scale - other.scale, 0) + extra;
    const numerator = this.digits * 10n ** BigInt(scale - this.scale + other.scale);
    return new Decimal(numerator / other.digits, scale).trimmed();
  }
  /** Whole quotient, toward zero. */
  div(other: Decimal): bigint | undefined {
    if (other.digits === 0n) return undefined;
    const scale = Math.max(this.scale, other.scale);
    return this.at(scale) / other.at(scale);
  }
  mod(other: Decimal): Decimal | undefined {
    if (other.digits === 0n) return undefined;
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) % other.at(scale), scale);
  }
  negated(): Decimal {
    return new Decimal(-this.digits, this.scale);
  }
  absolute(): Decimal {
    return this.digits < 0n ? this.negated() : this;
  }
  /** Without trailing zeros behind the point. */
  trimmed(): Decimal {
    let { digits, scale } = this;
    while (scale > 0 && digits % 10n === 0n) {
      digits /= 10n;
      scale--;
    }
    return new Decimal(digits, scale);
  }
  /** Cut toward zero (`down`), toward −∞ (`floor`), toward +∞ (`ceiling`) or half away from zero. */
  rounded(scale: number, mode: 'down' | 'floor' | 'ceiling' | 'half'): Decimal {
    if (scale >= this.scale) return new Decimal(this.at(scale), scale);
    const unit = 10n ** BigInt(this.scale - scale);
    const quotient = this.digits / unit;
    const rest = this.digits % unit;
    if (rest === 0n || mode === 'down') return new Decimal(quotient, scale);
    const step = this.digits < 0n ? -1n : 1n;
    const away = mode === 'half' ? rest * step * 2n >= unit : (mode === 'ceiling') === step > 0n;
    return new Decimal(away ? quotient + step : quotient, scale);
  }
  isWhole(): boolean {
    return this.scale === 0 || this.digits % 10n ** BigInt(this.scale) === 0n;
  }
  toNumber(): number {
    return Number(this.toString());
  }
  toString(): string {
    const negative = this.digits < 0n;
    const text = String(negative ? -this.digits : this.digits).padStart(this.scale + 1, '0');
    const cut = text.length - this.scale;
    return `${negative ? '-' : ''}${text.slice(0, cut)}${this.scale > 0 ? `.${text.slice(cut)}` : ''}`;
  }
}
keepLayout(new Decimal(0n, 0));
