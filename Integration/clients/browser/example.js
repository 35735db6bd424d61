// Signs in, searches, and follows the alerts: what example.html does.
import { connect } from "./frontline.js";

/** @param {string} name */
const element = (name) => /** @type {HTMLElement} */ (document.getElementById(name));
/** @param {Event} event */
const fields = (event) => (event.preventDefault(), Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target))));
let desk;

element("sign-in").addEventListener("submit", (event) => {
  const { url, token } = fields(event);
  desk?.close();
  desk = connect({ url, token, client: "example page" });
  desk.addEventListener("state", ({ detail }) => (element("state").textContent = detail.state));
  desk.addEventListener("signed-out", ({ detail }) => (element("state").textContent = `signed out: ${detail.reason}`));
  follow(desk.subscribe("alerts", { after: "0" }));
});

element("search").addEventListener("submit", async (event) => {
  try {
    if (!desk) throw new Error("Sign in first.");
    const { hits } = await desk.call("knowledge.search", { ...fields(event), limit: 5 }, { repeat: true });
    show("hits", hits.map(({ title }) => title));
  } catch (error) {
    element("state").textContent = String(error);
  }
});

async function follow(alerts) {
  const reasons = new Map();
  try {
    for await (const { alert } of alerts) {
      if (alert) reasons.set(alert.alert_id, `${alert.severity}: ${alert.reason}`);
      show("alerts", [...reasons.values()]);
    }
  } catch (error) {
    show("alerts", [String(error)]);
  }
}

/** Shows texts as a list; they are never taken for markup. */
function show(name, texts) {
  element(name).replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}
