package peer

// Content is what Fill answers: byte i is i modulo 251, a prime, so that a piece that is lost or moved shows.
func Content(byteLength int) []byte {
	content := make([]byte, byteLength)
	for i := range content {
		content[i] = byte(i % 251)
	}
	return content
}
