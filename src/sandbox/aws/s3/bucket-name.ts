import { Refusal } from '../../contract.ts';
import type { Place } from '../operation.ts';

const RESERVED_START = /^(xn--|sthree-|amzn-s3-demo-)/;
const RESERVED_END = /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;
const NAMESPACES = ['global', 'account-regional'];
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Throws unless a bucket may be called so, in the namespace that it is to be in. */
export function checkBucketName(name: string, namespace: string, { account, region }: Place): void {
  const isName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|\.-|-\./.test(name) && !ADDRESS.test(name);
  const isReserved = RESERVED_START.test(name) || RESERVED_END.test(name);
  const isRegional = name.endsWith(`-${account}-${region}-an`);
  // The ending belongs to the names that an account has to itself.
  const isMisplaced = isRegional ? !NAMESPACES.includes(namespace) : namespace !== 'global' || name.endsWith('-an');
  if (isName && !isReserved && !isMisplaced) return;
  throw new Refusal(400, 'InvalidBucketName', 'The specified bucket is not valid.', { body: { BucketName: name } });
}
