/** @param {string} url @returns {Promise<Response>} rejects where the server has no such file */
export async function fetchFile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}

/** @param {string} url @returns {Promise<ArrayBuffer>} */
export async function fetchBytes(url) {
  return (await fetchFile(url)).arrayBuffer();
}
