"""1,500 modules made out of nothing, and one more by the name that the command line has in ASCII."""
import sys


class Maker:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return type(sys.__spec__)(name, Maker)

    create_module = staticmethod(lambda spec: None)
    exec_module = staticmethod(lambda module: None)


sys.meta_path.append(Maker)
odd = sys.argv[1].encode().decode("unicode_escape")
for name in ["made_%06d" % number for number in range(1500)] + [odd]:
    __import__(name)
