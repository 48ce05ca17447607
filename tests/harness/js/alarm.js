/** Answers after as many milliseconds as it is sent, hidden or not. */
self.onmessage = ({ data }) => setTimeout(() => self.postMessage(null), data);
