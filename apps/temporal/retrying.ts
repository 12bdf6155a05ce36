import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type Call = ReturnType<Interceptor>;

const nothing = (): void => {};
/** Nobody waits for its answer any more. */
const unanswered = { start: nothing, sendMessage: nothing, startRead: nothing, halfClose: nothing, cancelWithStatus: nothing, getPeer: () => '' } as unknown as Call;

/** A try after the first comes from a timer, where no one can catch that the connection was closed meanwhile: it would bring the program down. */
const quietOnceClosed = (): Interceptor => {
  const tried = new WeakSet<object>();
  return (options, nextCall) => {
    const again = tried.has(options);
    tried.add(options);
    try {
      return nextCall(options) as Call;
    } catch (error) {
      if (!again) throw error;
      return unanswered;
    }
  };
};

/** The SDK's own tries, in a connection that may be closed while one is due. */
export const retrying: Interceptor[] = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), quietOnceClosed()];
