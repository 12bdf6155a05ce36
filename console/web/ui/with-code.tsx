/** The catalogue's sentences name commands between backticks. */
export const WithCode = ({ text }: { text: string }) =>
  <>{text.split('`').map((part, place) => place % 2 === 0 ? part : <code key={place}>{part}</code>)}</>;
