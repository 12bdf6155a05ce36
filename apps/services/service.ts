/** A service the product talks to: found, or started by us. */
export type Service = {
  /** How it was come by, for people: "DATABASE_URL", "started here". */
  readonly from: string;
  /** Stops it if we own it; otherwise nothing. */
  stop(): Promise<void>;
};

/** Tells a waiting person what is being done. */
export type Say = (sentence: string) => void;
