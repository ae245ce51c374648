// Short forms of what every module asks the document.
export const byId = (id) => document.getElementById(id);

export const closest = (event, selector) => event.target.closest?.(selector);
