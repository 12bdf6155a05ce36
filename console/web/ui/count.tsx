const format = new Intl.NumberFormat(undefined);

export const counted = (n: number): string => format.format(n);

/** A number of a table; nothing is said quietly. */
export const Figure = ({ n }: { n: number }) => n === 0 ? <span className="zero">0</span> : <>{counted(n)}</>;

/** "1 case", "1,204 cases". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${counted(n)} ${n === 1 ? one : many}`;
