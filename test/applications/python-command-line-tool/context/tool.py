import argparse

parser = argparse.ArgumentParser()
parser.add_argument('--name', default='nobody')
print('hello', parser.parse_args().name)
