import sys
from pathlib import Path

# So that every test may say "from factory import report, claim".
sys.path.insert(0, str(Path(__file__).parent))
