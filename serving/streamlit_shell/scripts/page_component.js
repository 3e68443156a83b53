/* The page's script as a component of Streamlit's, which calls it for each run of the page. */

import { Page } from "../../../stories/view/scripts/page.js";
import { Connection } from "./connection.js";
import { takeDoubleTapsAsOne } from "./double_tap.js";
import { frameMapLink } from "./map_link.js";

/** @import { PageChoice, Words } from "../../../stories/view/scripts/page.js" */

takeDoubleTapsAsOne(window);

/** @type {WeakMap<Element, { page: Page, connection: Connection }>} */
const drawn = new WeakMap(); // by parentElement

/**
 * @param {{
 *   data: { text: Words },
 *   parentElement: HTMLElement,
 *   setTriggerValue: (name: string, value: PageChoice | true) => void,
 * }} component the triggers are those of stories/ui/page_script.py
 */
export default function pageComponent({ data, parentElement, setTriggerValue }) {
  const known = drawn.get(parentElement);
  const page = known?.page ?? new Page(parentElement, frameMapLink);
  const connection = known?.connection ?? new Connection(() => {});
  drawn.set(parentElement, { page, connection });
  page.send = (choice) => setTriggerValue("choice", choice);
  connection.onBack = () => setTriggerValue("back", true);
  page.update(data.text);
  return () => {
    page.leave();
    connection.leave();
    drawn.delete(parentElement);
  };
}
