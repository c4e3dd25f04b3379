import * as z from 'zod';

const ours = z.unknown().optional();

/** Members of DID pools and IVRs that are the vendor's to set; sent back as they were read, they are ignored. */
export const domainMembers = {
  id: ours,
  dateCreated: ours,
  dateModified: ours,
  modifiedBy: ours,
  createdBy: ours,
  state: ours,
  modifiedByApp: ours,
  createdByApp: ours,
  selfUri: ours,
};

interface Times {
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly deletedAt: number | undefined;
}

/** The times and the state of a DID pool or an IVR, as the API shows them. */
export const timesOf = ({ createdAt, modifiedAt, deletedAt }: Times) => ({
  state: deletedAt === undefined ? 'active' : 'deleted',
  dateCreated: new Date(createdAt).toISOString(),
  dateModified: new Date(deletedAt ?? modifiedAt).toISOString(),
});
