import type { Duties } from '../../console/api/duties.ts';
import type { Context } from '../verb.ts';

export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** One of governance's duties, done by whoever types. */
export async function doing<T>(context: Context, work: (duties: Duties, by: string) => Promise<T>): Promise<T> {
  const [{ withProduct }, { createDuties }, { whoTypes }] = await Promise.all([
    import('../product/with-product.ts'), import('../product/duties.ts'), import('../product/record-asking.ts')]);
  return withProduct(context, {}, ({ db }) => work(createDuties(db), whoTypes()));
}
