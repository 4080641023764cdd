// GENERATED CODE -- DO NOT EDIT!

'use strict';
exports.fileDescriptorSet = Buffer.from(`
CnUKHmdvcGx1Z2luL2dycGNfY29udHJvbGxlci5wcm90bxIGcGx1Z2luIgcKBUVtcHR5MjoKDkdSUENDb250cm9sbGVyEigKCFNodXRkb3duEg0ucGx1Z2lu
LkVtcHR5Gg0ucGx1Z2luLkVtcHR5YgZwcm90bzM=
`, 'base64');
