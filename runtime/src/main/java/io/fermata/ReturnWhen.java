package io.fermata;

/**
 * When {@link Async#waitUntil} returns: {@code await(waitUntil(tasks, FIRST_COMPLETED))}.
 *
 * <p>asyncio: {@code return_when}.
 */
public enum ReturnWhen {
  /** As soon as one is done. */
  FIRST_COMPLETED,
  /** As soon as one has failed, or all are done. */
  FIRST_EXCEPTION,
  /** When all are done. */
  ALL_COMPLETED
}
