/**
 * On the other pages of the phone: fetch what the form needs without a network, and send what waits.
 * @module
 */
import { sendAll } from "./outbox.js";
import { findSubjects, recall, refresh, standing } from "./person.js";

await recall();
if ((await refresh()) && standing.start) {
  await sendAll({ now: true });
  await findSubjects().catch(() => {});
}
