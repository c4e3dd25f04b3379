import type { GenesysRegion } from './regions.ts';

/** Everything that decides what is installed, without secrets: plain JSON, kept in the state. */
export interface Settings {
  readonly genesysRegion: GenesysRegion;
  readonly clientId: string;
  readonly organizationId: string;
  readonly division?: string | undefined;
  readonly genesysAwsAccount: string;
  readonly awsRegion: string;
  readonly awsProfile?: string | undefined;
  readonly bucket: string;
  readonly bucketTag: string;
  readonly runtime: string;
  readonly logRetentionDays: number;
  readonly environment: string;
  readonly didStart: string;
  readonly didEnd: string;
  readonly didProvider: 'PURE_CLOUD' | 'PURE_CLOUD_VOICE';
  readonly triggerScope: 'number' | 'all';
  /** Seconds: 0, or 60 to 900. */
  readonly triggerDelay: number;
  readonly secureDataAction: 'on' | 'off';
  readonly paymentPrefix: string;
  readonly savePrefix: string;
}
