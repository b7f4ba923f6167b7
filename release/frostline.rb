# Homebrew formula: brew install frostline-dev/tap/frostline. The release workflow fills in the checksums.
class Frostline < Formula
  desc "Which deployment made AWS Lambda cold starts slower, and which import did it"
  homepage "https://github.com/frostline-dev/frostline"
  version "0.1.0"
  license "Apache-2.0"

  on_intel do
    url "https://github.com/frostline-dev/frostline/releases/download/v0.1.0/frostline-0.1.0-linux-x86_64.tar.xz"
    sha256 "SHA256_LINUX_X86_64"
  end
  on_arm do
    url "https://github.com/frostline-dev/frostline/releases/download/v0.1.0/frostline-0.1.0-linux-arm64.tar.xz"
    sha256 "SHA256_LINUX_ARM64"
  end
  depends_on :linux # says so on a Mac, where there is no archive

  def install
    libexec.install Dir["*"]
    bin.install_symlink libexec/"bin/frostline"
    bash_completion.install libexec/"share/bash-completion/completions/frostline"
    zsh_completion.install libexec/"share/zsh/site-functions/_frostline"
    fish_completion.install libexec/"share/fish/vendor_completions.d/frostline.fish"
    man1.install Dir[libexec/"share/man/man1/*"]
  end

  test do
    assert_match "frostline #{version}", shell_output("#{bin}/frostline version")
  end
end
