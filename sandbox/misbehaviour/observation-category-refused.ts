import { refuse } from '../exchange.ts';
import { misbehaviour } from './misbehaviour.ts';

export const observationCategoryRefused = misbehaviour({
  name: 'observation-category-refused', seenAt: 'Cerner, Epic',
  does: 'Searches for Observations of the categories named answer 400; `required` refuses searches without a category as well.',
  parameters: { categories: ['survey'], required: false },
  start: ({ categories, required }) => ({
    before({ kind, path, query }) {
      if (kind !== 'search' || path['type'] !== 'Observation') return undefined;
      const asked = query.getAll('category').flatMap((list) => list.split(',')).map((token) => token.slice(token.indexOf('|') + 1));
      if (asked.length === 0) return required ? refuse(400, 'required', 'A search for Observations needs category.') : undefined;
      return asked.some((code) => categories.includes(code)) ? refuse(400, 'not-supported', 'Observations of this category are not available.') : undefined;
    },
  }),
});
