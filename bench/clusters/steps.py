"""What is trained: each step follows from the one before, and a checkpoint from which it goes on is written after each."""
import json
import os
import time

state = os.path.join(os.environ["ABLATE_CHECKPOINT"], "state.json")
step, loss = json.load(open(state)) if os.path.exists(state) else (0, 1.0)


def trail(what):
    with open(os.environ["TRAIL"], "a") as file:
        file.write(f"{what} {os.environ['ABLATE_RUN']} {time.time()}\n")


trail("begun")
while step < 8:
    step, loss = step + 1, loss * (float(os.environ["RATE"]) - int(os.environ["ABLATE_SEED"]) / 1000)
    time.sleep(0.25)
    with open(os.environ["ABLATE_REPORT"], "a") as report:
        report.write(json.dumps({"step": step, "loss": loss}) + "\n")
    with open(state + ".new", "w") as file:
        json.dump([step, loss], file)
    os.replace(state + ".new", state)
    stop = os.path.join(os.environ["STOPS"], str(step))
    if os.path.exists(stop):
        os.remove(stop)
        time.sleep(1000)
trail("ended")
