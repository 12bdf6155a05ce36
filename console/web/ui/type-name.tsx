import { typeWords } from '../words/record-words.ts';

/** A type of record in plain words, with its FHIR name where that says something else; where there is an id, the one at the source. */
export const TypeName = ({ type, id }: { type: string; id?: string }) => {
  const words = typeWords(type);
  return <>{words}{id !== undefined && ` ${id}`}{words.replaceAll(' ', '').toLowerCase() !== type.toLowerCase() && <small className="fhir-name"> {type}</small>}</>;
};
