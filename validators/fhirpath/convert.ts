import { Decimal } from './decimal.ts';
import type { JsonObject } from './environment.ts';
import { tooMany } from './fhirpath-error.ts';
import { type Item, type Items, Node, type System, TypeSpecifier } from './item.ts';
import type { Model } from './model.ts';
import { Moment } from './moment.ts';
import { isObject } from './navigate.ts';
import { Quantity } from './quantity.ts';

const integers = new Set(['integer', 'positiveInt', 'unsignedInt']);
const ucum = 'http://unitsofmeasure.org';
const quantities = new Set(['Quantity', 'SimpleQuantity', 'Age', 'Distance', 'Duration', 'Count']);

const numberOf = (value: number, node: Node): System => {
  if (node.lexeme !== undefined) return Decimal.parse(node.lexeme) ?? Decimal.of(value);
  if (node.type !== undefined && integers.has(node.type)) return value;
  return node.type === undefined && Number.isSafeInteger(value) ? value : Decimal.of(value);
};

/** A FHIR Quantity as System.Quantity: http://hl7.org/fhir/R4/fhirpath.html#quantity */
const quantityOf = (value: JsonObject): Quantity | undefined => {
  const amount = value['value'];
  if (typeof amount !== 'number') return undefined;
  const code = value['code'];
  const unit = value['unit'];
  const system = value['system'];
  const name = typeof code === 'string' && (system === ucum || system === undefined) ? code : typeof code === 'string' ? `${String(system)}|${code}` : typeof unit === 'string' ? unit : '1';
  return new Quantity(Decimal.of(amount), name);
};

/** What an item is worth in operators: a primitive's or Quantity's system value, the item itself, or undefined for other elements. */
export const systemOf = (item: Item): System | undefined => {
  if (!(item instanceof Node)) return item instanceof TypeSpecifier ? undefined : item;
  const { value, type } = item;
  switch (typeof value) {
    case 'boolean': return value;
    case 'number': return numberOf(value, item);
    case 'string':
      switch (type) {
        case 'date': return Moment.parse(value, 'Date') ?? value;
        case 'dateTime': case 'instant': return Moment.parse(value, 'DateTime') ?? value;
        case 'time': return Moment.parse(value, 'Time') ?? value;
        default: return value;
      }
    case 'object':
      if (type !== undefined && quantities.has(type) && isObject(value)) return quantityOf(value);
      return undefined;
    default: return undefined;
  }
};

export const isQuantityType = (type: string, model: Model): boolean => model.isA(type, 'Quantity');

export const single = (items: Items, where: string): Item | undefined => {
  if (items.length > 1) throw tooMany(where);
  return items[0];
};

/** Singleton evaluation as Boolean: one item that is no boolean counts as true. */
export const booleanOf = (items: Items, where: string): boolean | undefined => {
  const item = single(items, where);
  if (item === undefined) return undefined;
  const value = item instanceof Node ? item.value : item;
  return typeof value === 'boolean' ? value : true;
};

export const stringOf = (item: Item): string | undefined => {
  const value = item instanceof Node ? item.value : item;
  return typeof value === 'string' ? value : undefined;
};

/** Integer or Decimal as Decimal. */
export const decimalOf = (value: System | undefined): Decimal | undefined => {
  if (value instanceof Decimal) return value;
  return typeof value === 'number' || typeof value === 'bigint' ? Decimal.of(value) : undefined;
};

export const integerOf = (item: Item): number | undefined => {
  const value = systemOf(item);
  if (typeof value === 'number') return value;
  return value instanceof Decimal && value.isWhole() ? value.toNumber() : undefined;
};

/** toString(): undefined for elements without one. */
export const textOf = (item: Item): string | undefined => {
  if (item instanceof Node && typeof item.value === 'string') return item.value;
  const value = systemOf(item);
  return value === undefined ? undefined : String(value);
};
