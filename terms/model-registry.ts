/** Whether people must check what a model made before it is used. */
export type Verification = 'required' | 'label' | 'none';

/** One model in one or more versions, approved for a use during a time, by a person. */
export type ModelEntry = {
  readonly id: string;
  readonly name: string;
  /** Versions as `Device.version.value` gives them. */
  readonly versions: readonly string[];
  /** How its Device is recognised: business identifiers, or `Device.modelNumber`. */
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly modelNumber?: string;
  readonly intendedUse: string;
  /** Resource types it may make. */
  readonly allowedTypes: readonly string[];
  readonly verification: Verification;
  /** 0 to 1; what it says with less confidence is not approved. */
  readonly confidenceFloor?: number;
  /** ISO 8601; approval is judged at the time of generation. */
  readonly approvedFrom: string;
  readonly approvedUntil?: string;
  readonly approvedBy: string;
  /** HTI-1 source attributes, 45 CFR 170.315(b)(11)(iv), by their key; what is absent is shown as a gap. */
  readonly sourceAttributes?: Readonly<Record<string, string>>;
  /** Where its CHAI model card is. */
  readonly modelCard?: string;
};

/** What of a Device says which model it is. */
type Named = { readonly modelNumber?: unknown; readonly identifier?: readonly ({ readonly system?: unknown; readonly value?: unknown } | null)[] | null };

/** Whether the Device is the entry's model: by a business identifier or the model number. */
export const isModel = (device: Named, { identifiers, modelNumber }: Pick<ModelEntry, 'identifiers' | 'modelNumber'>): boolean =>
  (modelNumber !== undefined && device.modelNumber === modelNumber)
  || (Array.isArray(device.identifier) && device.identifier.some((one) => identifiers.some(({ system, value }) => one?.system === system && one.value === value)));

export type ModelRegistry = { readonly version: string; readonly models: readonly ModelEntry[] };

/** HTI-1 source attributes, 45 CFR 170.315(b)(11)(iv)(B), by the keys of the registry's schema. */
export const sourceAttributes = ['details-and-output', 'purpose', 'cautioned-out-of-scope-use', 'development-details', 'fairness-process',
  'external-validation', 'performance-measures', 'ongoing-maintenance', 'update-schedule'] as const;

/** What the entry does not say of its model. */
export const sourceAttributeGaps = (entry: ModelEntry): string[] => sourceAttributes.filter((name) => entry.sourceAttributes?.[name] === undefined);
