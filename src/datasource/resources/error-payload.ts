import type { ErrorPayload } from '../../model/resources.ts';
import type { QueryFailure } from '../errors.ts';

/** @param position in the SQL that was sent. Default: none */
export function toErrorPayload({ code, message, hint }: QueryFailure, position?: number): ErrorPayload {
  return { code, message, ...(hint && { hint }), ...(position !== undefined && { position }) };
}
