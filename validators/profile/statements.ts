import type { Statement } from './run.ts';

/** What structural checks say. HL7's message ids: org.hl7.fhir.utilities.i18n, Messages.properties. */
const structure = (rule: string, code: string, messageId: string, says: string): Statement => ({ rule: `profile-${rule}`, severity: 'error', code, messageId, says });

export const statements = {
  notObject: structure('json-shape', 'invalid', 'This_property_must_be_an_Object_not_', 'This element must be written as one JSON object; change how it is written.'),
  notList: structure('json-shape', 'invalid', 'This_property_must_be_an_Array_not_', 'This element may repeat and must be written as a JSON array; put it in brackets.'),
  emptyList: structure('json-shape', 'invalid', 'Array_cannot_be_empty', 'A list must not be empty; leave the element out or give it an item.'),
  // An error by the text of the specification (json.html: arrays are never empty); HL7's engine lets empty lists of primitives pass.
  emptyPrimitives: { ...structure('json-shape', 'invalid', 'Array_cannot_be_empty', 'A list must not be empty; leave the element out or give it an item.'), severity: 'warning' } satisfies Statement,
  noContent: structure('json-shape', 'invalid', 'Object_must_have_some_content', 'An object must have some content; leave the element out or fill it.'),
  nullItem: structure('json-shape', 'invalid', 'Error_parsing_JSON_null', 'null stands only in a list of primitives whose extensions are in the list beside it; remove it.'),
  emptyElement: { rule: 'profile-invariant/ele-1', severity: 'error', code: 'invariant', messageId: 'http://hl7.org/fhir/StructureDefinition/Element#ele-1',
    says: 'Every element must have a value or children; leave this element out or fill it.' } satisfies Statement,
  badElementId: structure('primitive-format', 'invalid', 'Type_Specific_Checks_DT_ID_Valid', 'An element id must be a string; correct it.'),
  longElementId: structure('primitive-format', 'invalid', 'Type_Specific_Checks_DT_String_Length', 'An element id holds at most 1 MB of text (1,048,576 characters); shorten it.'),
  // The definition of Element.id says "without spaces"; no type or invariant does, and HL7's engine lets them pass.
  spacedElementId: { ...structure('primitive-format', 'invalid', 'Type_Specific_Checks_DT_ID_Valid', 'An element id should have no blanks; remove them.'), severity: 'warning' } satisfies Statement,
  duplicateElementId: structure('element-id', 'business-rule', 'DUPLICATE_ID', 'Another element of this resource has the same id; give each its own.'),
  siblingShape: structure('json-shape', 'invalid', 'This_property_must_be_an_Object_not_', 'The underscore property holds the id and extensions of a primitive as an object, or a list of them beside a list; correct its form.'),
  unknownResource: { ...structure('resource-type', 'invalid', 'This_does_not_appear_to_be_a_FHIR_resource_unknown_name_', 'This does not appear to be a FHIR R4 resource; resourceType must name one.'), severity: 'fatal' } satisfies Statement,
  noUrl: structure('extension-url', 'invalid', 'Extension_EXT_Url_NotFound', 'An extension needs its url to say what it means; add the url of its definition.'),
  containedId: structure('contained', 'invalid', 'Resource_RES_ID_Missing', 'A contained resource needs an id to be referred to; give it one.'),
  duplicateContainedId: structure('contained', 'duplicate', 'RESOURCE_DUPLICATE_CONTAINED_ID', 'Another contained resource has the same id, so references to it are ambiguous; give each its own.'),
  orphan: structure('contained', 'invalid', 'CONTAINED_ORPHAN_DOM3', 'Nothing refers to this contained resource, nor does it refer to its container (dom-3); refer to it or remove it.'),
  identifierSystem: structure('identifier', 'code-invalid', 'Type_Specific_Checks_DT_Identifier_System', "An identifier's system must be an absolute URI; give the whole URI of the system."),
  identifierUri: structure('identifier', 'code-invalid', 'TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE', 'With the system urn:ietf:rfc:3986 the value is a whole URI, scheme included; write it so.'),
  badReference: structure('reference-form', 'invalid', 'REFERENCE_REF_INVALID_REF', 'A reference has no blanks; write Type/id, an absolute URL, urn:uuid:…, or #id for a contained resource.'),
  badSearch: structure('reference-form', 'structure', 'Reference_REF_Format1', 'A reference by search has the form Type?name=value&name=value; correct the search.'),
  oddReference: { ...structure('reference-form', 'structure', 'REFERENCE_REF_SUSPICIOUS', 'This reference names no resource of FHIR R4; write Type/id, or an absolute URL.'), severity: 'warning' } satisfies Statement,
  unresolved: structure('reference-resolves', 'structure', 'Reference_REF_CantResolve', 'The reference names no contained resource; add it or correct the id.'),
  danglingFragment: { ...structure('reference-resolves', 'invalid', 'TYPE_SPECIFIC_CHECKS_DT_URL_INTERNAL_WARN', 'This URL has the form of a link to a contained resource, and there is none of this id; check it.'), severity: 'information' } satisfies Statement,
  noDisplay: { ...structure('reference-form', 'structure', 'Reference_REF_NoDisplay', 'A reference with neither reference nor identifier should at least have a display; give one of them.'), severity: 'warning' } satisfies Statement,
} as const;

/** A structure's canonical as findings name it. */
export const canonicalOf = (url: string): string => url;
