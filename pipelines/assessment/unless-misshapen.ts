/** What is made of a resource, or `otherwise` where it is not made as FHIR is, as its profile's findings say: it holds up nobody else's run. */
export function unlessMisshapen<T>(make: () => T, otherwise: T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return otherwise;
  }
}
