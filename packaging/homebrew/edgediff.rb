# A formula for Homebrew. `url` and `sha256` are those of a release's source; the
# release fills them in.
class Edgediff < Formula
  desc "Invalidate on CloudFront just what a build changed"
  homepage "https://github.com/OWNER/edgediff"
  url "https://github.com/OWNER/edgediff/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "cjson"
  depends_on "libarchive"
  depends_on "libyaml"
  depends_on "openssl@3"
  depends_on "xxhash"

  uses_from_macos "curl"
  uses_from_macos "libxml2"

  def install
    system "ninja"
    with_env(PREFIX: prefix) { system "ninja", "install" }
  end

  test do
    (testpath/"site/index.html").write "home"
    assert_match(/^end 1 /, shell_output("#{bin}/edgediff manifest site"))
  end
end
