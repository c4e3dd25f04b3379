import { restXmlService } from '../rest-xml.ts';
import { bucketEncryptionOperations } from './bucket-encryption.ts';
import { bucketPolicyOperations } from './bucket-policy.ts';
import { bucketSettingsOperations } from './bucket-settings.ts';
import { bucketOperations } from './buckets.ts';
import { deleteOperations } from './deletes.ts';
import { listOperations } from './lists.ts';
import { objectOperations } from './objects.ts';

/** S3 as the sandbox has it. */
export const s3 = restXmlService([
  ...bucketOperations,
  ...bucketSettingsOperations,
  ...bucketEncryptionOperations,
  ...bucketPolicyOperations,
  ...objectOperations,
  ...deleteOperations,
  ...listOperations,
]);
