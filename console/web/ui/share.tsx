/** A share with its interval: never a bare percentage of few. */
export const Share = ({ hits, of, low, high }: { hits: number; of: number; low: number; high: number }) =>
  <>{of === 0 ? 'none yet' : <>{percent(hits / of)} <span style={{ color: 'var(--mantine-color-dimmed)' }}>({percent(low)}–{percent(high)}, {hits} of {of})</span></>}</>;

export const percent = (part: number): string => `${(part * 100).toFixed(part > 0 && part < 0.1 ? 1 : 0)}%`;
