/** What there is to add to an OpenTok page: the import, and the line that sets the connector. */
import { createCyclorama } from './cyclorama/cyclorama.js';

const [application, session, token] = ['APPLICATION_ID_OR_API_KEY', 'SESSION_ID', 'TOKEN'];

const call = OT.initSession(application, session);
call.on('streamCreated', ({ stream }) => {
  call.subscribe(stream, 'others', { insertMode: 'append' });
});

const publisher = await OT.initPublisher.promise('publisher', { insertMode: 'append' });
const cyclorama = await createCyclorama({ background: { type: 'blur', strength: 0.6 } });
// Before anything is published: if it fails, the SDK goes on with the camera as it is.
await publisher.setVideoMediaProcessorConnector(cyclorama.connector());

const camera = document.getElementById('camera');
camera?.addEventListener('click', () => {
  const off = camera.textContent === 'Camera off';
  publisher.publishVideo(!off);
  camera.textContent = off ? 'Camera on' : 'Camera off';
});

await call.connect.promise(token);
await call.publish.promise(publisher);
