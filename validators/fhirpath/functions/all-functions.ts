import { aggregates } from './aggregates.ts';
import { boundaries } from './boundaries.ts';
import { clock } from './clock.ts';
import { conversion } from './conversion.ts';
import type { FunctionRow } from './definition.ts';
import { encoding } from './encoding.ts';
import { existence } from './existence.ts';
import { fhir } from './fhir.ts';
import { filtering } from './filtering.ts';
import { html } from './html.ts';
import { math } from './math.ts';
import { strings } from './strings.ts';
import { subsetting } from './subsetting.ts';
import { tree } from './tree.ts';
import { types } from './types.ts';
import { variables } from './variables.ts';

export const allFunctions: ReadonlyMap<string, FunctionRow> = new Map(
  [existence, filtering, subsetting, conversion, strings, encoding, math, aggregates, tree, types, boundaries, clock, variables, fhir, html]
    .flat()
    .map((row) => [row.name, row]),
);
