package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"quiver/test/conformance/go-host/internal/host"
)

// withoutPrivileges starts a copy of the plugin that nobody may write to, as somebody whom the modes of files hold back: not as root.
func withoutPrivileges(t testing.TB) func(*host.Options) {
	t.Helper()
	folder, err := readOnlyCopy()
	if err != nil {
		t.Fatal(err)
	}
	return func(options *host.Options) {
		options.Exe = filepath.Join(folder, filepath.Base(exe))
		if os.Getuid() != 0 {
			return
		}
		options.Credential = nobody
		if err := os.Chown(options.TempDir, int(nobody.Uid), int(nobody.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}

// nobody owns nothing on this machine but what a test gives to it.
var nobody = &syscall.Credential{Uid: 65534, Gid: 65534}

// readOnlyCopy lies where everybody may read, unlike the checkout.
var readOnlyCopy = sync.OnceValues(func() (string, error) {
	folder := filepath.Join(root, "plugin")
	if err := exec.Command("cp", "-r", filepath.Dir(exe), folder).Run(); err != nil {
		return "", err
	}
	return folder, exec.Command("chmod", "-R", "a+rX,a-w", folder).Run()
})
